package dev.gatehouse.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows who listens on this machine, and chooses ports on which nobody does. */
final class Listeners {
  private static final int TIMEOUT_MILLIS = 200;
  private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  private static final Pattern OWNER = Pattern.compile("\"([^\"]+)\",pid=(\\d+)");

  private Listeners() {}

  /** The remembered ports if they are all free, so that addresses stay, else other free ones. */
  static Ports free(Optional<Ports> remembered) {
    return remembered
        .filter(ports -> ports.numbers().values().stream().noneMatch(Listeners::isTaken))
        .orElseGet(Ports::free);
  }

  static void refuseTaken(Ports ports) {
    for (Ports.Use use : Ports.Use.values()) {
      int port = ports.of(use);
      if (isTaken(port)) {
        throw Failure.because(
            "Port %d, which is for the %s, is in use%s. Stop that, or let free ports be chosen with --ports auto."
                .formatted(port, use.label(), owner(port).map(by -> " by " + by).orElse("")));
      }
    }
  }

  /**
   * Whether a client that connects to {@code localhost} would meet somebody, or we could not
   * listen. Clients try {@code ::1} first, so a listener there would take what is meant for us.
   */
  static boolean isTaken(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      return true;
    }
    try (Socket socket = new Socket()) {
      InetAddress ipv6Loopback = InetAddress.getByAddress(IPV6_LOOPBACK);
      socket.connect(new InetSocketAddress(ipv6Loopback, port), TIMEOUT_MILLIS);
      return true;
    } catch (IOException nobodyThere) {
      return false;
    }
  }

  /** Who listens, as {@code name (pid n)}, where the system tells. */
  static Optional<String> owner(int port) {
    try {
      Process process =
          new ProcessBuilder("ss", "-Hltnp", "sport = :" + port)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = OWNER.matcher(answer);
      return matcher.find()
          ? Optional.of(matcher.group(1) + " (pid " + matcher.group(2) + ")")
          : Optional.empty();
    } catch (IOException noSuchCommand) {
      return Optional.empty();
    }
  }
}
