package dev.gatehouse.key.revocation;

import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is revoked, with every name resolved. Two of the same content are one revocation.
 *
 * @param expiresAt the {@code exp} of the tokens; empty: the revocation stays until it is removed
 */
record Revoked(
    Reach owner,
    Optional<UUID> ownerId,
    RevocationEntry.Type type,
    String value,
    Optional<String> issuer,
    Optional<KeyId> key,
    Optional<Instant> notBefore,
    Optional<Instant> expiresAt,
    Optional<String> reason) {

  /** Clocks differ, and what was refused once must not come back while somebody accepts it. */
  static final Duration OUTLIVES = Duration.ofDays(7);

  Optional<Instant> vanishesAt() {
    return expiresAt.map(end -> end.plus(OUTLIVES));
  }

  /** SHA-256 of everything, each part with its length, so that none runs into the next. */
  String contentHash() {
    String content =
        Stream.of(
                owner.text(),
                text(ownerId),
                type.text(),
                value,
                text(issuer),
                text(key),
                text(notBefore),
                text(expiresAt),
                text(reason))
            .map(part -> part.length() + ":" + part)
            .collect(Collectors.joining(","));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(Optional<?> part) {
    return part.map(Object::toString).orElse("");
  }
}
