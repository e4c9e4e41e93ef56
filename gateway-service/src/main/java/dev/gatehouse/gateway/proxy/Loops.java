package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.concurrent.TimeUnit;

/**
 * What each event loop has for itself: its connections to upstreams and its watch. A request stays
 * on one loop from end to end, as a connection shared between loops costs two thread switches per
 * chunk.
 */
final class Loops {

  record Loop(HttpClient http, NetClient sockets, NetClient tlsSockets, Watch watch) {}

  /**
   * Bytes; larger pieces of a body cost fewer steps, and no more than two or three are under way.
   */
  private static final int MAX_CHUNK = 64 * 1024;

  private final FastThreadLocal<Loop> loop;

  Loops(Vertx vertx, ProxyConfig config, int loops) {
    this.loop =
        new FastThreadLocal<>() {
          @Override
          protected Loop initialValue() {
            return create(vertx, config, loops);
          }
        };
  }

  /** That of the event loop that calls. */
  Loop current() {
    return loop.get();
  }

  private static Loop create(Vertx vertx, ProxyConfig config, int loops) {
    int perLoop = Math.max(1, (config.maxConnections() + loops - 1) / loops);
    int connectMillis = Math.toIntExact(config.connectTimeout().toMillis());
    HttpClientOptions http =
        new HttpClientOptions()
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
        new NetClientOptions(sockets).setSsl(true).setHostnameVerificationAlgorithm("HTTPS");
    return new Loop(
        vertx.createHttpClient(http, pool),
        vertx.createNetClient(sockets),
        vertx.createNetClient(tls),
        new Watch(vertx));
  }
}
