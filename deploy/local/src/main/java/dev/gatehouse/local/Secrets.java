package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Secrets of the instance: made when first asked for, then kept, each in a file of mode 600. */
final class Secrets {
  private static final int BYTES = 32;

  private final State state;
  private final SecureRandom random = new SecureRandom();

  Secrets(State state) throws IOException {
    this.state = state;
    state.directory("secrets");
  }

  /** The file that holds nothing but the secret and a line feed. All who ask get the same one. */
  synchronized Path file(String name) throws IOException {
    Path file = state.file("secrets/" + name);
    if (!Files.exists(file)) {
      byte[] bytes = new byte[BYTES];
      random.nextBytes(bytes);
      String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      state.writePrivately("secrets/" + name, List.of(secret));
    }
    return file;
  }

  String value(String name) throws IOException {
    return Files.readString(file(name)).strip();
  }
}
