package dev.gatehouse.common.feed;

import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A trust anchor as the gateways know it: a public key that may sign tenant API tokens.
 *
 * @param spki DER SubjectPublicKeyInfo, base64
 * @param owner whose tokens it may sign
 * @param ownerId the registration of the owner, so that the next tenant of the same name does not
 *     inherit the key; empty when the owner is every tenant
 * @param scopes the most that its tokens can have
 * @param expiresAt seconds since the epoch
 * @param maxTokenLifetime the longest {@code exp − iat}, in seconds
 * @param tokensNotBefore tokens issued earlier are refused; seconds since the epoch
 */
public record AnchorEntry(
    KeyId keyId,
    OpstraceKeyId opstraceId,
    String spki,
    Reach owner,
    Optional<UUID> ownerId,
    Set<Scope> scopes,
    Optional<Long> expiresAt,
    Optional<Long> maxTokenLifetime,
    Optional<Long> tokensNotBefore) {

  public static final String KIND = "anchor";

  public AnchorEntry {
    scopes = Set.copyOf(scopes);
  }
}
