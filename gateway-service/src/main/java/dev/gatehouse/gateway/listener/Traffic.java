package dev.gatehouse.gateway.listener;

import java.util.concurrent.atomic.AtomicInteger;

/** What is under way in this gateway. Written by all event loops. */
final class Traffic {

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  /** Connections that are open, WebSockets among them. */
  int connections() {
    return connections.get();
  }

  /** Requests whose head has come and whose answer has not ended. */
  int requests() {
    return requests.get();
  }

  void opened() {
    connections.incrementAndGet();
  }

  void closed() {
    connections.decrementAndGet();
  }

  void started() {
    requests.incrementAndGet();
  }

  void ended(int count) {
    requests.addAndGet(-count);
  }
}
