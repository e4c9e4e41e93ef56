package dev.gatehouse.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of the distribution, with a configuration of ours, on loopback. */
record Peer(String name, int port, Process process) implements Stoppable, Duel.Server {

  private static final long START_SECONDS = 10;

  /**
   * Starts it and waits until it listens.
   *
   * @param command in the foreground
   */
  static Peer start(String name, int port, Path directory, List<String> command)
      throws IOException, InterruptedException {
    Path log = directory.resolve(name.replace(' ', '-') + ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Peer peer = new Peer(name, port, process);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!peer.listens()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        peer.close();
        throw new IOException(name + " does not start: " + Files.readString(log).strip());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return peer;
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public double cpu() {
    return CpuTime.of(process.toHandle());
  }

  @Override
  public void close() {
    Stoppable.end(process);
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
