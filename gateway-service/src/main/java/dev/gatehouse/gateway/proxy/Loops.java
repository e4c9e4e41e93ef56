package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.gateway.connector.Connector;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What each event loop has for itself: its connections to upstreams and its watch. A request stays
 * on one loop from end to end, as a connection shared between loops costs two thread switches per
 * chunk.
 */
final class Loops {

  record Loop(Context context, Connector connector, Watch watch, Tunnels tunnels) {}

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
    return new Loop(
        vertx.getOrCreateContext(),
        new Connector(vertx, config, authorities, loops),
        new Watch(vertx),
        new Tunnels());
  }
}
