package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** What requests carry: lines of a host and a token, which scripts of wrk read. */
final class Tokens {

  static final String AUDIENCE = "gatehouse-local";
  static final String ISSUER = "gatehouse-bench";
  private static final AtomicLong NUMBER = new AtomicLong();

  private Tokens() {}

  /** One of those that are there: the tenant, and the id of the key that signs for it. */
  record Holder(String tenant, Signer signer, String kid) {

    String token() throws GeneralSecurityException {
      return signer.token(kid, tenant, NUMBER.incrementAndGet());
    }

    String forged(byte[] signature) {
      return signer.forged(kid, tenant, NUMBER.incrementAndGet(), signature);
    }

    String host() {
      return "cortex." + tenant + ".localhost";
    }
  }

  /** So many tokens, in turn of each of these. */
  static Path write(Path file, List<Holder> holders, int count) throws Exception {
    List<String> lines =
        IntStream.range(0, count)
            .parallel()
            .mapToObj(i -> line(holders.get(i % holders.size())))
            .toList();
    return Files.write(file, lines);
  }

  private static String line(Holder holder) {
    try {
      return holder.host() + " " + holder.token();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Files of tokens that are all different, one for each round; the first, to warm up, is longer.
   */
  static List<Path> rounds(Path directory, String name, Holder holder, int rounds, int count)
      throws Exception {
    List<Path> files = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      files.add(
          write(
              directory.resolve(name + "-" + round),
              List.of(holder),
              round == 0 ? 2 * count : count));
    }
    return files;
  }

  /** The head of a request with the first token of a file. */
  static String firstLine(Path file) throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().orElseThrow();
    }
  }
}
