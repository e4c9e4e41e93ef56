package dev.gatehouse.gateway.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The WebSockets that are open on one event loop, and confined to it. */
final class Tunnels {

  private final Set<Relay> open = new HashSet<>();
  private @Nullable Promise<Void> allClosed;

  /** Whether no new ones are wanted. */
  boolean areClosing() {
    return allClosed != null;
  }

  void add(Relay tunnel) {
    open.add(tunnel);
  }

  void remove(Relay tunnel) {
    open.remove(tunnel);
    if (open.isEmpty() && allClosed != null) {
      allClosed.tryComplete();
    }
  }

  /** Closes all that are open, now and from now on; done when the last one is gone. */
  Future<Void> close(int code) {
    if (allClosed == null) {
      allClosed = Promise.promise();
    }
    for (Relay tunnel : new ArrayList<>(open)) {
      tunnel.close(code);
    }
    if (open.isEmpty()) {
      allClosed.tryComplete();
    }
    return allClosed.future();
  }
}
