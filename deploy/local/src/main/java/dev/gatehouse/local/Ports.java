package dev.gatehouse.local;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** The loopback port of everything that listens. */
record Ports(Map<Use, Integer> numbers) {

  /**
   * Systems give higher ones to outgoing connections, one of which may get a port between the
   * moment when it is chosen and the one when it is listened on.
   */
  private static final int HIGHEST = 32_000;

  private static final int LOWEST = 15_000;
  private static final int ATTEMPTS = 100;

  /** A listener, and the port it has when nothing else is said. */
  enum Use {
    GATEWAY(8080),
    GATEWAY_MANAGEMENT(8082),
    TENANT_SERVICE(8180),
    TENANT_SERVICE_MANAGEMENT(8182),
    KEY_SERVICE(8280),
    KEY_SERVICE_MANAGEMENT(8282),
    IDENTITY_PROVIDER(8380),
    DEMO_BACKEND(8480),
    DATABASE(8580);

    private final int usual;

    Use(int usual) {
      this.usual = usual;
    }

    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String label() {
      return key().replace("-management", "'s management");
    }
  }

  Ports {
    numbers = Map.copyOf(numbers);
    if (numbers.size() != Use.values().length) {
      throw new IllegalArgumentException("not every listener has a port: " + numbers);
    }
  }

  static Ports usual() {
    return new Ports(
        Map.copyOf(
            List.of(Use.values()).stream()
                .collect(Collectors.toMap(use -> use, use -> use.usual))));
  }

  /** Ports that nobody listens on; they are held together while choosing, so no two are equal. */
  static Ports free() {
    Map<Use, Integer> numbers = new EnumMap<>(Use.class);
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (Use use : Use.values()) {
        ServerSocket socket = hold();
        held.add(socket);
        numbers.put(use, socket.getLocalPort());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Ports(numbers);
  }

  /** Listens on a port that nobody listens on, and that no connection to somewhere else takes. */
  static ServerSocket hold() throws IOException {
    IOException taken = new IOException("no port is free");
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1);
      try {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      } catch (BindException e) {
        taken = e;
      }
    }
    throw taken;
  }

  /** The ports written by {@link #write}, if the file is there and whole. */
  static Optional<Ports> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<Use, Integer> numbers = new EnumMap<>(Use.class);
    for (Use use : Use.values()) {
      String number = properties.getProperty(use.key(), "");
      if (!number.matches("\\d{1,5}")) {
        return Optional.empty();
      }
      numbers.put(use, Integer.parseInt(number));
    }
    return Optional.of(new Ports(numbers));
  }

  void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Use use : Use.values()) {
      lines.add(use.key() + "=" + of(use));
    }
    Files.write(file, lines);
  }

  int of(Use use) {
    return numbers.getOrDefault(use, use.usual);
  }

  String url(Use use) {
    return "http://127.0.0.1:" + of(use);
  }
}
