package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * What each event loop has for itself: its connections to upstreams and its watch. A request stays
 * on one loop from end to end, as a connection shared between loops costs two thread switches per
 * chunk.
 */
final class Loops {

  record Loop(
      Context context,
      HttpClient http,
      HttpClient http2,
      NetClient sockets,
      NetClient tlsSockets,
      Watch watch,
      Tunnels tunnels) {}

  /**
   * Bytes; larger pieces of a body cost fewer steps, and no more than two or three are under way.
   */
  private static final int MAX_CHUNK = 64 * 1024;

  private static final int OPEN = 0;

  private final FastThreadLocal<Loop> loop;
  private final List<Loop> all = new CopyOnWriteArrayList<>();

  /** The code that tunnels are closed with from now on, also on loops that are not used yet. */
  private volatile int closing = OPEN;

  Loops(Vertx vertx, ProxyConfig config, Authorities authorities, int loops) {
    this.loop =
        new FastThreadLocal<>() {
          @Override
          protected Loop initialValue() {
            Loop created = create(vertx, config, authorities, loops);
            all.add(created);
            if (closing != OPEN) {
              var unused = created.tunnels().close(closing);
            }
            return created;
          }
        };
  }

  /** Streams that share one HTTP/2 connection to an upstream. */
  private static final int MAX_STREAMS = 64;

  /** Bytes that an HTTP/2 upstream may send ahead on one stream (RFC 9113 §6.9.2). */
  private static final int STREAM_WINDOW = 64 * 1024;

  /** That of the event loop that calls. */
  Loop current() {
    return loop.get();
  }

  /**
   * Closes every WebSocket, those to come too, with this status code (RFC 6455 §7.4.1). From any
   * thread; done when the last one is closed, a second or two later.
   */
  Future<Void> closeTunnels(int code) {
    closing = code;
    List<Future<Void>> closed = new ArrayList<>();
    for (Loop each : all) {
      Promise<Void> promise = Promise.promise();
      each.context().runOnContext(now -> each.tunnels().close(code).onComplete(promise));
      closed.add(promise.future());
    }
    return Future.all(closed).mapEmpty();
  }

  private static Loop create(Vertx vertx, ProxyConfig config, Authorities authorities, int loops) {
    int perLoop = Math.max(1, (config.maxConnections() + loops - 1) / loops);
    int connectMillis = Math.toIntExact(config.connectTimeout().toMillis());
    HttpClientOptions http =
        authorities
            .vouchIn(new HttpClientOptions())
            .setConnectTimeout(connectMillis)
            .setKeepAliveTimeout(Math.toIntExact(config.keepAlive().toSeconds()))
            .setMaxWaitQueueSize(config.maxWaiting())
            .setMaxHeaderSize(config.maxResponseHeaders())
            .setMaxChunkSize(MAX_CHUNK)
            .setTcpNoDelay(true);
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(perLoop)
            .setMaxWaitQueueSize(config.maxWaiting())
            .setCleanerPeriod(Math.toIntExact(TimeUnit.SECONDS.toMillis(1)));
    NetClientOptions sockets = new NetClientOptions().setConnectTimeout(connectMillis);
    NetClientOptions tls =
        authorities
            .vouchIn(new NetClientOptions(sockets))
            .setSsl(true)
            .setHostnameVerificationAlgorithm("HTTPS");
    return new Loop(
        vertx.getOrCreateContext(),
        vertx.createHttpClient(http, pool),
        vertx.createHttpClient(http2(http), new PoolOptions(pool).setHttp2MaxSize(perLoop)),
        vertx.createNetClient(sockets),
        vertx.createNetClient(tls),
        new Watch(vertx),
        new Tunnels());
  }

  /**
   * A connection's window has room for the windows of all its streams: one whose client is slow
   * fills its own and holds up nobody else.
   */
  private static HttpClientOptions http2(HttpClientOptions http) {
    return new HttpClientOptions(http)
        .setProtocolVersion(HttpVersion.HTTP_2)
        .setUseAlpn(true)
        .setHttp2ClearTextUpgrade(false)
        .setHttp2MultiplexingLimit(MAX_STREAMS)
        .setHttp2ConnectionWindowSize(MAX_STREAMS * STREAM_WINDOW)
        .setHttp2KeepAliveTimeout(http.getKeepAliveTimeout())
        .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW));
  }
}
