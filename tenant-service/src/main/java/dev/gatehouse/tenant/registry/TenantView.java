package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.TenantEntry;
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
    Optional<Instant> createdAt,
    Optional<Long> revision,
    Optional<List<String>> missing) {

  TenantView {
    missing = missing.map(List::copyOf);
  }

  static TenantView of(Tenant tenant) {
    return of(tenant, Optional.empty());
  }

  static TenantView of(Tenant tenant, Optional<List<String>> missing) {
    return new TenantView(
        Optional.of(tenant.id),
        tenant.name,
        Optional.ofNullable(tenant.displayName),
        Optional.of(tenant.orgId),
        Optional.of(tenant.status),
        Optional.of(tenant.createdAt),
        Optional.of(tenant.revision),
        missing);
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
        Optional.empty());
  }
}
