package dev.gatehouse.gateway.listener;

import io.vertx.core.Future;

/** The WebSockets that are open through this gateway. */
@FunctionalInterface
public interface Tunnels {

  /** For where there are none. */
  Tunnels NONE = code -> Future.succeededFuture();

  /**
   * Tells both ends that it is over and closes. May be called from any thread.
   *
   * @param code of RFC 6455 §7.4.1
   * @return when all are closed
   */
  Future<Void> close(int code);
}
