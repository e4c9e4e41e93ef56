package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What a revocation will be: of all tokens, whenever they were issued, unless said otherwise. */
public final class RevocationDraft {

  private final Reach owner;
  private UUID id = UUID.randomUUID();
  private Optional<UUID> ownerId;
  private RevocationEntry.Type type = RevocationEntry.Type.TENANT;
  private String value = "nobody";
  private Optional<String> issuer = Optional.empty();
  private Optional<KeyId> key = Optional.empty();
  private Optional<Long> notBefore = Optional.empty();

  RevocationDraft(String owner) {
    this.owner = Reach.parse(owner);
    this.ownerId = this.owner.top().map(tenant -> TrustBuilder.idOf(tenant.value()));
  }

  public RevocationDraft id(UUID it) {
    id = it;
    return this;
  }

  /** Bound to a registration other than the one that the builder gives to the owner. */
  public RevocationDraft ownerId(UUID it) {
    ownerId = Optional.of(it);
    return this;
  }

  public RevocationDraft jti(String jti) {
    return of(RevocationEntry.Type.JTI, jti);
  }

  public RevocationDraft subject(String sub) {
    return of(RevocationEntry.Type.SUBJECT, sub);
  }

  public RevocationDraft tokenHash(String hex) {
    return of(RevocationEntry.Type.TOKEN_HASH, hex);
  }

  public RevocationDraft tenant(String name) {
    return of(RevocationEntry.Type.TENANT, name);
  }

  /** All tokens of an issuer. */
  public RevocationDraft allOf(String iss) {
    return of(RevocationEntry.Type.ISSUER, iss).issuer(iss);
  }

  public RevocationDraft issuer(String iss) {
    issuer = Optional.of(iss);
    return this;
  }

  public RevocationDraft key(PublicKey signer) {
    key = Optional.of(Thumbprint.of(signer));
    return this;
  }

  public RevocationDraft notBefore(Instant time) {
    notBefore = Optional.of(time.getEpochSecond());
    return this;
  }

  UUID id() {
    return id;
  }

  RevocationEntry entry() {
    return new RevocationEntry(type, value, issuer, key, owner, ownerId, notBefore);
  }

  Revocation build() {
    return Revocation.of(id, entry());
  }

  private RevocationDraft of(RevocationEntry.Type what, String text) {
    type = what;
    value = text;
    return this;
  }
}
