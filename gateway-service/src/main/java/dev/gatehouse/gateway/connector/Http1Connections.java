package dev.gatehouse.gateway.connector;

import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * The HTTP/1 connections of one event loop to one server, and who waits for one. Confined to the
 * loop.
 */
final class Http1Connections {

  private final ContextInternal context;
  private final Supplier<Future<NetSocket>> sockets;
  private final CharSequence authority;
  private final int max;
  private final int maxWaiting;
  private final int maxHeaders;
  private final long keepAlive;

  /** The one used last comes first, so that those that are too many grow old. */
  private final Deque<Http1Connection> idle = new ArrayDeque<>();

  private final Queue<Connector.Taker> waiting = new ArrayDeque<>();
  private int opening;
  private int all;

  /**
   * @param context of the loop
   * @param sockets opens a connection
   * @param authority what the {@code Host} header says
   * @param max connections, those that are being opened among them
   */
  Http1Connections(
      ContextInternal context,
      Supplier<Future<NetSocket>> sockets,
      CharSequence authority,
      ProxyConfig config,
      int max) {
    this.context = context;
    this.sockets = sockets;
    this.authority = authority;
    this.max = max;
    this.maxWaiting = config.maxWaiting();
    this.maxHeaders = config.maxResponseHeaders();
    this.keepAlive = config.keepAlive().toNanos();
  }

  void open(Connector.Taker taker) {
    Http1Connection connection = waiting.isEmpty() ? idle.pollFirst() : null;
    if (connection != null) {
      taker.opened(connection.begin());
    } else if (all == max && waiting.size() - opening >= maxWaiting) {
      taker.notOpened(new ConnectionPoolTooBusyException("Too many wait for a connection"));
    } else {
      waiting.add(taker);
      openMore();
    }
  }

  /** Returns whether it was waiting. */
  boolean abandon(Connector.Taker taker) {
    return waiting.remove(taker);
  }

  /** A connection has nothing to do. */
  void free(Http1Connection connection) {
    Connector.Taker taker = waiting.poll();
    if (taker == null) {
      idle.addFirst(connection);
    } else {
      taker.opened(connection.begin());
    }
  }

  /** A connection is no more. */
  void gone(Http1Connection connection) {
    all--;
    idle.remove(connection);
    openMore();
  }

  /** Closes what has had nothing to do for too long. */
  void tidy(long now) {
    if (idle.isEmpty()) {
      return;
    }
    List<Http1Connection> old = new ArrayList<>();
    for (Http1Connection connection : idle) {
      if (connection.isOlderThan(keepAlive, now)) {
        old.add(connection);
      }
    }
    old.forEach(Http1Connection::close);
  }

  private void openMore() {
    while (opening < waiting.size() && all < max) {
      opening++;
      all++;
      sockets.get().onComplete(this::opened);
    }
  }

  private void opened(AsyncResult<NetSocket> opened) {
    opening--;
    if (opened.succeeded()) {
      free(new Http1Connection(this, opened.result(), context, authority, maxHeaders));
      return;
    }
    all--;
    Connector.Taker taker = waiting.poll();
    if (taker != null) {
      taker.notOpened(opened.cause());
    }
    openMore();
  }
}
