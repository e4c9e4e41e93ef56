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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Requests at a fixed rate, whatever the answers do. A request has a time at which it is due; its
 * latency counts from then, also when no connection was free to send it. So a server that stalls
 * cannot hide it by holding off the requests that would have met the stall (coordinated omission).
 * One thread for all of it, also for two kinds of load at once, so that the second one costs the
 * machine no further thread that is never quiet. HTTP/1.1, one request at a time on a connection.
 */
final class OpenLoop {

  private static final long NAP_NANOS = 20_000;
  private static final long LAST_ANSWERS_NANOS = 5_000_000_000L;
  private static final int MAX_ANSWER = 16_384;

  private final int port;

  OpenLoop(int port) {
    this.port = port;
  }

  /**
   * A kind of requests.
   *
   * @param rate requests per second
   * @param from seconds after the start of all
   * @param until seconds after the start of all
   * @param all whether what could not be sent in time is sent later; else it is left out
   */
  record Load(
      int connections, double rate, double from, double until, boolean all, Supplier<byte[]> next) {

    /** All of it, from the start on. */
    static Load of(int connections, double rate, double seconds, Supplier<byte[]> next) {
      return new Load(connections, rate, 0, seconds, true, next);
    }
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
      return onlyOf(Set.of(status));
    }

    /** Fails when something was answered otherwise. */
    Answers onlyOf(Set<Integer> statuses) throws IOException {
      if (byStatus.isEmpty() || !statuses.containsAll(byStatus.keySet())) {
        throw new IOException("Not everything was answered " + statuses + ": " + byStatus);
      }
      return this;
    }
  }

  Answers run(Load load) throws IOException {
    return run(List.of(load)).get(0);
  }

  /** Sends all that is due and waits for the answers; what came back for each. */
  List<Answers> run(List<Load> loads) throws IOException {
    try (Selector selector = Selector.open()) {
      List<Sender> senders = new ArrayList<>();
      try {
        for (Load load : loads) {
          senders.add(new Sender(load, selector, port));
        }
        serve(selector, senders, System.nanoTime());
        return senders.stream().map(Sender::answers).toList();
      } finally {
        for (Sender sender : senders) {
          sender.close();
        }
      }
    }
  }

  private static void serve(Selector selector, List<Sender> senders, long started)
      throws IOException {
    while (true) {
      long since = System.nanoTime() - started;
      boolean done = true;
      for (Sender sender : senders) {
        done &= !sender.send(started, since);
      }
      if (done) {
        return;
      }
      if (selector.selectNow() == 0) {
        LockSupport.parkNanos(NAP_NANOS);
        continue;
      }
      for (SelectionKey key : selector.selectedKeys()) {
        ((Connection) key.attachment()).receive();
      }
      selector.selectedKeys().clear();
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

  /** One load under way. */
  private static final class Sender {
    private final Load load;
    private final List<Connection> connections = new ArrayList<>();
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Times latencies;
    private final TreeMap<Integer, Integer> byStatus = new TreeMap<>();
    private long wanted;
    private long sent;
    private long answered;

    private Sender(Load load, Selector selector, int port) throws IOException {
      this.load = load;
      this.wanted = (long) (load.rate() * (load.until() - load.from()));
      this.latencies = new Times((int) wanted + 1);
      for (int i = 0; i < load.connections(); i++) {
        connections.add(new Connection(this, selector, port));
      }
      idle.addAll(connections);
    }

    /** Whether there is something left to send or to wait for. */
    private boolean send(long started, long since) throws IOException {
      if (!load.all() && since > load.until() * 1e9) {
        wanted = sent;
      }
      long due = due();
      while (sent < wanted && since >= due && !idle.isEmpty()) {
        idle.remove().send(load.next().get(), started + due);
        sent++;
        due = due();
      }
      if (since > load.until() * 1e9 + LAST_ANSWERS_NANOS) {
        throw new IOException(wanted - answered + " requests were not answered in time");
      }
      return answered < wanted;
    }

    private long due() {
      return (long) ((load.from() + sent / load.rate()) * 1e9);
    }

    private void answered(Connection connection, int status, long due) {
      latencies.addNanos(System.nanoTime() - due);
      byStatus.merge(status, 1, Integer::sum);
      answered++;
      idle.add(connection);
    }

    private Answers answers() {
      return new Answers(latencies, byStatus, answered / (load.until() - load.from()));
    }

    private void close() throws IOException {
      for (Connection connection : connections) {
        connection.channel.close();
      }
    }
  }

  private static final class Connection {
    private final Sender sender;
    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER);
    private long due;

    private Connection(Sender sender, Selector selector, int port) throws IOException {
      this.sender = sender;
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

    private void receive() throws IOException {
      if (channel.read(answer) < 0) {
        throw new IOException("A connection was closed before its answer");
      }
      int length = HttpAnswer.length(answer.array(), answer.position());
      if (length > 0 && answer.position() >= length) {
        int status = HttpAnswer.status(answer.array());
        answer.clear();
        sender.answered(this, status, due);
      }
    }
  }
}
