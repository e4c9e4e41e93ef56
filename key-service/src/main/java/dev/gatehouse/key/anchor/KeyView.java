package dev.gatehouse.key.anchor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A trust anchor as the API shows it.
 *
 * @param id RFC 7638 thumbprint
 * @param opstraceId the id that tokens of an Opstrace CLI name
 * @param owner whose tokens it may sign: a tenant and those nested in it, or {@code *}
 * @param scopes the most that its tokens can have
 * @param algorithm {@code RSA}, {@code EC} or {@code Ed25519}
 * @param size bits of an RSA key
 * @param curve of an EC key
 * @param maxTokenLifetime seconds
 * @param revision the change that made it
 */
record KeyView(
    String id,
    String opstraceId,
    String owner,
    List<String> scopes,
    String algorithm,
    Optional<Integer> size,
    Optional<String> curve,
    Optional<String> description,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Long> maxTokenLifetime,
    long revision) {

  KeyView {
    scopes = List.copyOf(scopes);
  }

  static KeyView of(Anchor anchor) {
    return new KeyView(
        anchor.keyId,
        anchor.opstraceId,
        anchor.owner,
        List.of(anchor.scopes.split(" ", -1)),
        anchor.algorithm,
        Optional.ofNullable(anchor.size),
        Optional.ofNullable(anchor.curve),
        Optional.ofNullable(anchor.description),
        anchor.createdAt,
        Optional.ofNullable(anchor.expiresAt),
        Optional.ofNullable(anchor.maxTokenLifetime),
        anchor.revision);
  }
}
