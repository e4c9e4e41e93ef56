package dev.gatehouse.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.terminal.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the audit log as a link of its service's chain (design §6).
 *
 * @param content the JSON text that is hashed
 */
record Link(String service, long sequence, String previous, String hash, String content) {

  /** What the first entry of a service has before it. */
  private static final String BEGINNING = "0".repeat(64);

  /** Empty if it is not an entry of the log. */
  static Optional<Link> of(JsonNode entry) {
    boolean complete =
        entry.path("service").isTextual()
            && entry.path("sequence").canConvertToExactIntegral()
            && entry.path("previous").isTextual()
            && entry.path("hash").isTextual()
            && entry.path("content").isTextual();
    return complete
        ? Optional.of(
            new Link(
                entry.path("service").asText(),
                entry.path("sequence").asLong(),
                entry.path("previous").asText(),
                entry.path("hash").asText(),
                entry.path("content").asText()))
        : Optional.empty();
  }

  /**
   * Why this cannot be what was written.
   *
   * @param before the entry of the same service before it, if there is one in the same export
   * @param shown the whole entry, which has to say what its hashed content says
   */
  Optional<String> mistake(Optional<Link> before, JsonNode shown) {
    long expected = before.map(link -> link.sequence() + 1).orElse(sequence);
    if (sequence != expected) {
      return Optional.of("entry " + expected + " of " + service + " should stand here");
    }
    if (!previous.equals(before.map(Link::hash).orElse(sequence == 1 ? BEGINNING : previous))) {
      return Optional.of("it does not continue the entry before it");
    }
    if (!hash.equals(computed())) {
      return Optional.of("its hash is not that of its content");
    }
    return contradicts(shown)
        ? Optional.of("it does not show what its content says")
        : Optional.empty();
  }

  /** The content holds all that is shown, but for what chains it. */
  private boolean contradicts(JsonNode shown) {
    ObjectNode said = shown.deepCopy();
    said.remove(List.of("previous", "hash", "content"));
    return !Json.parse(content).equals(Optional.of(said));
  }

  private String computed() {
    byte[] text = (previous + "\n" + sequence + "\n" + content).getBytes(StandardCharsets.UTF_8);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
