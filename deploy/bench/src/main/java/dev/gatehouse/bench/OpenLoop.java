package dev.gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests at a fixed rate, whatever the answers do. A request has a time at which it is due; its
 * latency counts from then, also when no connection was free to send it. So a server that stalls
 * cannot hide it by holding off the requests that would have met the stall (coordinated omission).
 * One thread, HTTP/1.1, one request at a time on each connection.
 */
final class OpenLoop {

  private static final long NAP_NANOS = 20_000;
  private static final long LAST_ANSWERS_NANOS = 5_000_000_000L;
  private static final int MAX_ANSWER = 16_384;

  private final int connections;
  private final double rate;
  private final double seconds;

  OpenLoop(int connections, double rate, double seconds) {
    this.connections = connections;
    this.rate = rate;
    this.seconds = seconds;
  }

  /**
   * What came back.
   *
   * @param latencies from when each request was due until the last octet of its answer
   * @param byStatus how many answers had which status
   */
  record Answers(Times latencies, TreeMap<Integer, Integer> byStatus, double perSecond) {

    /** Fails unless everything was answered so. */
    Answers all(int status) throws IOException {
      if (!byStatus.keySet().equals(java.util.Set.of(status))) {
        throw new IOException("Not everything was answered " + status + ": " + byStatus);
      }
      return this;
    }
  }

  /** Sends all that the rate asks for, and waits for the answers. */
  Answers run(int port, Supplier<byte[]> requests) throws IOException {
    return run(port, requests, Long.MAX_VALUE);
  }

  /** Sends as much of it as there are connections free for, and ends in time. */
  Answers runAtMost(int port, Supplier<byte[]> requests) throws IOException {
    return run(port, requests, (long) (seconds * 1e9));
  }

  private Answers run(int port, Supplier<byte[]> requests, long end) throws IOException {
    Times latencies = new Times((int) (rate * seconds) + 1);
    TreeMap<Integer, Integer> byStatus = new TreeMap<>();
    long wanted = (long) (rate * seconds);
    double interval = 1e9 / rate;
    List<Connection> all = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      Deque<Connection> idle = new ArrayDeque<>();
      for (int i = 0; i < connections; i++) {
        Connection connection = new Connection(selector, port);
        all.add(connection);
        idle.add(connection);
      }
      long started = System.nanoTime();
      long sent = 0;
      long answered = 0;
      long deadline = started + (long) (seconds * 1e9) + LAST_ANSWERS_NANOS;
      while (answered < wanted) {
        long now = System.nanoTime();
        if (now - started > end) {
          wanted = sent;
        }
        while (sent < wanted && now >= started + (long) (sent * interval) && !idle.isEmpty()) {
          idle.remove().send(requests.get(), started + (long) (sent * interval));
          sent++;
        }
        if (now > deadline) {
          throw new IOException(wanted - answered + " requests were not answered in time");
        }
        if (selector.selectNow() == 0) {
          LockSupport.parkNanos(NAP_NANOS);
          continue;
        }
        for (SelectionKey key : selector.selectedKeys()) {
          Connection connection = (Connection) key.attachment();
          int status = connection.receive();
          if (status > 0) {
            latencies.addNanos(System.nanoTime() - connection.due);
            byStatus.merge(status, 1, Integer::sum);
            answered++;
            idle.add(connection);
          }
        }
        selector.selectedKeys().clear();
      }
      return new Answers(latencies, byStatus, answered / ((System.nanoTime() - started) / 1e9));
    } finally {
      for (Connection connection : all) {
        connection.channel.close();
      }
    }
  }

  /** A GET with a token. */
  static byte[] get(String host, String token) {
    return ("GET /api/v1/labels HTTP/1.1\r\nHost: "
            + host
            + "\r\nAuthorization: Bearer "
            + token
            + "\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final class Connection {
    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER);
    private long due;

    private Connection(Selector selector, int port) throws IOException {
      channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** A request is far smaller than the buffer of a connection on which nothing is under way. */
    private void send(byte[] request, long dueAt) throws IOException {
      due = dueAt;
      ByteBuffer octets = ByteBuffer.wrap(request);
      while (octets.hasRemaining()) {
        channel.write(octets);
      }
    }

    /** The status of an answer that is complete now; 0 while it is not. */
    private int receive() throws IOException {
      if (channel.read(answer) < 0) {
        throw new IOException("A connection was closed before its answer");
      }
      int length = HttpAnswer.length(answer.array(), answer.position());
      if (length == 0 || answer.position() < length) {
        return 0;
      }
      int status = HttpAnswer.status(answer.array());
      answer.clear();
      return status;
    }
  }
}
