package dev.gatehouse.common.feed;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A revocation as the gateways know it. It takes tokens away within its owner's subtree only, and
 * has an end in the feed, not by the clock of a gateway: it counts until it is removed.
 *
 * @param type what {@code value} is
 * @param value a {@code jti}, a {@code sub}, a token hash in lower-case hex, the name of a tenant;
 *     the same as {@code issuer} for {@link Type#ISSUER}
 * @param issuer whose tokens are meant: an {@code iss}, exactly
 * @param key the thumbprint of the key whose tokens are meant
 * @param owner within whose subtree it acts
 * @param ownerId the registration of the owner; empty exactly when the owner is every tenant
 * @param notBefore tokens issued earlier, or nobody knows when, are refused; seconds since the
 *     epoch; empty: all of them
 */
public record RevocationEntry(
    Type type,
    String value,
    Optional<String> issuer,
    Optional<KeyId> key,
    Reach owner,
    Optional<UUID> ownerId,
    Optional<Long> notBefore) {

  public static final String KIND = "revocation";

  /** What is revoked. */
  public enum Type {
    /** One token, by its {@code jti} (RFC 7519 §4.1.7), of one issuer or key. */
    JTI,
    /** One token, by the SHA-256 of {@code header.payload}. */
    TOKEN_HASH,
    /** All tokens of one {@code sub}, of one issuer or key. */
    SUBJECT,
    /** All tokens that name one tenant, older than {@code notBefore}. */
    TENANT,
    /** All tokens of one issuer, older than {@code notBefore}. */
    ISSUER;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
