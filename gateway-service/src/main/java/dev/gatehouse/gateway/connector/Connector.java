package dev.gatehouse.gateway.connector;

import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import dev.gatehouse.gateway.upstream.Server;
import dev.gatehouse.gateway.upstream.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Opens requests to upstreams, for one event loop: connections are not shared between loops, as
 * that would cost two thread switches for each piece of a body. Confined to its loop.
 */
public final class Connector {

  /** Who wants a stream. One of the two is called, once, perhaps before {@link #open} returns. */
  public interface Taker {

    void opened(HttpStream stream);

    void notOpened(Throwable cause);
  }

  private static final long TIDY_MILLIS = TimeUnit.SECONDS.toMillis(1);

  /** Bytes; larger pieces of a body cost fewer steps, and only two or three are under way. */
  static final int MAX_CHUNK = 64 * 1024;

  /** Streams that share one HTTP/2 connection. */
  private static final int MAX_STREAMS = 64;

  /** Bytes that an HTTP/2 server may send ahead on one stream (RFC 9113 §6.9.2). */
  private static final int STREAM_WINDOW = 64 * 1024;

  private final Vertx vertx;
  private final ContextInternal context;
  private final ProxyConfig config;
  private final Authorities authorities;
  private final int perLoop;
  private final IdentityHashMap<Server, Http1Connections> http1 = new IdentityHashMap<>();
  private final IdentityHashMap<Upstream, HttpClient> http2 = new IdentityHashMap<>();
  private final IdentityHashMap<Upstream, NetClient> sockets = new IdentityHashMap<>();

  /**
   * To be called on the event loop that it is for.
   *
   * @param loops how many event loops share what one process may open
   */
  public Connector(Vertx vertx, ProxyConfig config, Authorities authorities, int loops) {
    this.vertx = vertx;
    this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    this.config = config;
    this.authorities = authorities;
    this.perLoop = Math.max(1, (config.maxConnections() + loops - 1) / loops);
    vertx.setPeriodic(TIDY_MILLIS, timer -> tidy());
  }

  /** Opens a request to a server. */
  public void open(Upstream upstream, Server server, Taker taker) {
    if (upstream.http2()) {
      openHttp2(upstream, server, taker);
    } else {
      http1(upstream, server).open(taker);
    }
  }

  /**
   * Whoever waits for a connection to this server does not want it any more.
   *
   * @return whether it is not called any more; with HTTP/2 it is, in any case
   */
  public boolean abandon(Server server, Taker taker) {
    Http1Connections connections = http1.get(server);
    return connections != null && connections.abandon(taker);
  }

  /** Opens a connection that nobody else gets. */
  public Future<NetSocket> socket(Upstream upstream, Server server) {
    NetClient client = sockets.computeIfAbsent(upstream, this::netClient);
    try {
      return upstream.tls()
          ? client.connect(server.address(), server.host())
          : client.connect(server.address());
    } catch (IllegalStateException stopped) {
      return Future.failedFuture(stopped);
    }
  }

  private Http1Connections http1(Upstream upstream, Server server) {
    Http1Connections connections = http1.get(server);
    if (connections == null) {
      connections =
          new Http1Connections(
              context,
              () -> socket(upstream, server),
              server.authority(upstream.tls()),
              config,
              perLoop);
      http1.put(server, connections);
    }
    return connections;
  }

  private void tidy() {
    long now = System.nanoTime();
    http1.values().forEach(connections -> connections.tidy(now));
  }

  private void openHttp2(Upstream upstream, Server server, Taker taker) {
    http2
        .computeIfAbsent(upstream, this::http2Client)
        .request(
            new RequestOptions()
                .setServer(server.address())
                .setHost(server.host())
                .setPort(server.port())
                .setSsl(upstream.tls())
                .setConnectTimeout(upstream.connectMillis()))
        .onComplete(
            opened -> {
              if (opened.succeeded()) {
                taker.opened(new Http2Stream(opened.result()));
              } else {
                taker.notOpened(opened.cause());
              }
            });
  }

  private NetClient netClient(Upstream upstream) {
    NetClientOptions options =
        new NetClientOptions()
            .setConnectTimeout(Math.toIntExact(upstream.connectMillis()))
            .setTcpNoDelay(true);
    if (upstream.tls()) {
      authorities.vouchIn(options).setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
    }
    return vertx.createNetClient(options);
  }

  /**
   * A connection's window has room for the windows of all its streams: one whose client is slow
   * fills its own and holds up nobody else.
   */
  private HttpClient http2Client(Upstream upstream) {
    int keepAlive = Math.toIntExact(config.keepAlive().toSeconds());
    return vertx.createHttpClient(
        authorities
            .vouchIn(new HttpClientOptions())
            .setConnectTimeout(Math.toIntExact(upstream.connectMillis()))
            .setMaxWaitQueueSize(config.maxWaiting())
            .setMaxHeaderSize(config.maxResponseHeaders())
            .setTcpNoDelay(true)
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setUseAlpn(true)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit(MAX_STREAMS)
            .setHttp2ConnectionWindowSize(MAX_STREAMS * STREAM_WINDOW)
            .setKeepAliveTimeout(keepAlive)
            .setHttp2KeepAliveTimeout(keepAlive)
            .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW)),
        new PoolOptions()
            .setHttp1MaxSize(perLoop)
            .setHttp2MaxSize(perLoop)
            .setMaxWaitQueueSize(config.maxWaiting())
            .setCleanerPeriod(Math.toIntExact(TIDY_MILLIS)));
  }
}
