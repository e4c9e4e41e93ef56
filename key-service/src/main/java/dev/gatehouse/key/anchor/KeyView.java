package dev.gatehouse.key.anchor;

import dev.gatehouse.common.name.UserId;
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
 * @param publicKey PEM, whose SHA-1 is the Opstrace id
 * @param algorithm {@code RSA}, {@code EC} or {@code Ed25519}
 * @param size bits of an RSA key
 * @param curve of an EC key
 * @param maxTokenLifetime seconds
 * @param personal the user whose own key it is
 * @param tokensNotBefore tokens issued earlier are refused
 * @param lastUsedAt to the minute, as far as gateways have told; absent: never
 * @param revision the change that made it as it is
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record KeyView(
    String id,
    String opstraceId,
    String owner,
    List<String> scopes,
    String publicKey,
    String algorithm,
    Optional<Integer> size,
    Optional<String> curve,
    Optional<String> description,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Long> maxTokenLifetime,
    Optional<UserId> personal,
    Optional<Instant> tokensNotBefore,
    Optional<Instant> lastUsedAt,
    long revision,
    Optional<List<String>> missing) {

  private static final int PEM_COLUMNS = 64;

  KeyView {
    scopes = List.copyOf(scopes);
    missing = missing.map(List::copyOf);
  }

  static KeyView of(Anchor anchor) {
    return new KeyView(
        anchor.keyId,
        anchor.opstraceId,
        anchor.owner,
        List.of(anchor.scopes.split(" ", -1)),
        pem(anchor.spki),
        anchor.algorithm,
        Optional.ofNullable(anchor.size),
        Optional.ofNullable(anchor.curve),
        Optional.ofNullable(anchor.description),
        anchor.createdAt,
        Optional.ofNullable(anchor.expiresAt),
        Optional.ofNullable(anchor.maxTokenLifetime),
        anchor.personal(),
        Optional.ofNullable(anchor.tokensNotBefore),
        Optional.ofNullable(anchor.lastUsedAt),
        anchor.revision,
        Optional.empty());
  }

  KeyView missing(Optional<List<String>> missing) {
    return new KeyView(
        id,
        opstraceId,
        owner,
        scopes,
        publicKey,
        algorithm,
        size,
        curve,
        description,
        createdAt,
        expiresAt,
        maxTokenLifetime,
        personal,
        tokensNotBefore,
        lastUsedAt,
        revision,
        missing);
  }

  /** RFC 7468 §13, without a newline at the end. */
  private static String pem(String spki) {
    StringBuilder pem = new StringBuilder("-----BEGIN PUBLIC KEY-----\n");
    for (int from = 0; from < spki.length(); from += PEM_COLUMNS) {
      pem.append(spki, from, Math.min(from + PEM_COLUMNS, spki.length())).append('\n');
    }
    return pem.append("-----END PUBLIC KEY-----").toString();
  }
}
