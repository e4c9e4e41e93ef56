package dev.gatehouse.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The connections of one event loop, looked at a few times a second. One timer and one clock for
 * all cost a request nothing, where a timer each would be set anew with every byte. Confined to the
 * loop.
 */
final class Connections {

  static final long PERIOD_MILLIS = 250;

  private static final Logger LOG = Logger.getLogger(Connections.class);

  private final EventLoop loop;
  private final Patience patience;
  private final Traffic traffic;
  private final Set<ClientConnection> open = new LinkedHashSet<>();
  private final Future<?> timer;
  private long now = System.nanoTime();
  private boolean retiring;

  Connections(EventLoop loop, Patience patience, Traffic traffic) {
    this.loop = loop;
    this.patience = patience;
    this.traffic = traffic;
    this.timer =
        loop.scheduleAtFixedRate(
            this::lookAtAll, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes a connection in, first of all its handlers; false if there are too many. */
  boolean admit(Channel channel) {
    if (patience.maxConnections() > 0 && traffic.connections() >= patience.maxConnections()) {
      var unused = channel.close();
      return false;
    }
    ClientConnection connection = new ClientConnection(channel, this);
    channel.pipeline().addFirst(ClientConnection.NAME, connection);
    open.add(connection);
    traffic.opened();
    if (retiring) {
      connection.retire();
    }
    return true;
  }

  void closed(ClientConnection connection) {
    if (open.remove(connection)) {
      traffic.closed();
    }
  }

  /** Of {@link System#nanoTime()}, up to {@value #PERIOD_MILLIS} ms ago. */
  long now() {
    return now;
  }

  Patience patience() {
    return patience;
  }

  Traffic traffic() {
    return traffic;
  }

  /** From now on every connection ends with its next answer. Called from any thread. */
  void retireAll() {
    loop.execute(
        () -> {
          retiring = true;
          copy().forEach(ClientConnection::retire);
        });
  }

  /** Cuts all of them, before what they wait for can end in another way. */
  Future<?> stop() {
    timer.cancel(false);
    return loop.submit(() -> copy().forEach(ClientConnection::cut));
  }

  private void lookAtAll() {
    now = System.nanoTime();
    for (ClientConnection connection : copy()) {
      try {
        connection.look(now);
      } catch (RuntimeException e) {
        LOG.error("A connection could not be looked at", e);
      }
    }
  }

  /** Looking at a connection may close it, which takes it off the list. */
  private List<ClientConnection> copy() {
    return new ArrayList<>(open);
  }
}
