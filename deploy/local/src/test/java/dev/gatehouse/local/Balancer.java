package dev.gatehouse.local;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A balancer of TCP connections before several servers, as a Service of Kubernetes is: new
 * connections go to those that are ready, open ones stay where they are.
 */
final class Balancer implements AutoCloseable {
  private static final long PROBE_MILLIS = 50;

  /** A process that says whether it wants to be asked. */
  interface Server {
    int port();

    boolean isReady();
  }

  private final ServerSocket entrance;
  private final ScheduledExecutorService probes = Executors.newSingleThreadScheduledExecutor();
  private final List<Server> servers = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Server> ready = List.of();

  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the balancer.
  Balancer() throws IOException {
    entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
    probes.scheduleWithFixedDelay(this::probe, 0, PROBE_MILLIS, TimeUnit.MILLISECONDS);
  }

  int port() {
    return entrance.getLocalPort();
  }

  void add(Server server) {
    servers.add(server);
  }

  /** As when a pod is deleted: nobody new is sent there, before it is told to end. */
  void remove(Server server) {
    servers.remove(server);
    probe();
  }

  boolean isUsing(Server server) {
    return ready.contains(server);
  }

  @Override
  public void close() {
    probes.shutdownNow();
    end(entrance);
  }

  private synchronized void probe() {
    ready = servers.stream().filter(Server::isReady).toList();
  }

  private void accept() {
    try {
      while (true) {
        connect(entrance.accept());
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void connect(Socket client) {
    List<Server> now = ready;
    try {
      Server next = now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
      Socket server = new Socket(InetAddress.getLoopbackAddress(), next.port());
      daemon(() -> pump(client, server));
      daemon(() -> pump(server, client));
    } catch (IOException | ArithmeticException nobodyThere) {
      end(client);
    }
  }

  /** An end of the one side is an end of that direction only. */
  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      in.transferTo(out);
      to.shutdownOutput();
    } catch (IOException broken) {
      end(from);
      end(to);
    }
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "balancer");
    thread.setDaemon(true);
    thread.start();
  }
}
