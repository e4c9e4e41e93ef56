package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A tenant as its readers see it: in full, or, if it is an ancestor of theirs, by name.
 *
 * @param missing the gateways that have not applied the write yet, where that was asked for
 */
record TenantView(
    Optional<UUID> id,
    String name,
    Optional<String> displayName,
    Optional<String> orgId,
    Optional<TenantEntry.Status> status,
    Optional<TenantLimits> limits,
    Optional<Instant> createdAt,
    Optional<Long> revision,
    Optional<List<String>> missing) {

  TenantView {
    missing = missing.map(List::copyOf);
  }

  static TenantView of(Tenant tenant) {
    return of(tenant, Optional.of(tenant.revision));
  }

  /** In full if it is reached, else by name. */
  static TenantView of(Tenant tenant, Reach reach) {
    return reach.covers(tenant.tenantId()) ? of(tenant) : byName(tenant);
  }

  /** For the audit, which is written before the revision is known. */
  static TenantView withoutRevision(Tenant tenant) {
    return of(tenant, Optional.empty());
  }

  static TenantView byName(Tenant tenant) {
    return new TenantView(
        Optional.empty(),
        tenant.name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  TenantView missing(Optional<List<String>> gateways) {
    return new TenantView(
        id, name, displayName, orgId, status, limits, createdAt, revision, gateways);
  }

  /** The revision of a tenant that is shown in full. */
  Revision lastChange() {
    return new Revision(revision.orElseThrow());
  }

  private static TenantView of(Tenant tenant, Optional<Long> revision) {
    return new TenantView(
        Optional.of(tenant.id),
        tenant.name,
        Optional.ofNullable(tenant.displayName),
        Optional.of(tenant.orgId),
        Optional.of(tenant.status),
        Optional.ofNullable(tenant.limits),
        Optional.of(tenant.createdAt),
        revision,
        Optional.empty());
  }
}
