package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A registered tenant.
 *
 * @param id of this registration; a later tenant of the same name has another
 * @param tokensNotBefore tokens issued earlier belong to a former tenant of this name
 * @param limits what it may use at most; empty: none of its own
 */
public record Tenant(
    UUID id,
    TenantId name,
    OrgId orgId,
    boolean suspended,
    Optional<Instant> tokensNotBefore,
    Optional<TenantLimits> limits) {

  /** The one that exists without being registered. */
  public static final Tenant DEFAULT =
      new Tenant(
          new UUID(0, 0), TenantId.DEFAULT, OrgId.of(TenantId.DEFAULT), false, Optional.empty());

  /** One without limits of its own. */
  public Tenant(
      UUID id, TenantId name, OrgId orgId, boolean suspended, Optional<Instant> tokensNotBefore) {
    this(id, name, orgId, suspended, tokensNotBefore, Optional.empty());
  }

  static Tenant of(UUID id, TenantEntry entry) {
    return new Tenant(
        id,
        entry.name(),
        entry.orgId(),
        entry.status() != TenantEntry.Status.active,
        entry.tokensNotBefore().map(Instant::ofEpochSecond),
        entry.limits());
  }
}
