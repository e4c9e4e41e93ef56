package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.tenant.registry.RegistryEntry.NameUsed;
import dev.gatehouse.tenant.registry.RegistryEntry.OrgIdUsed;
import java.util.List;
import java.util.Map;

/**
 * What the audit log says of the registry. Each tenant has an entry of its own, also where many go
 * or come at once, so that those who may read about one find all of it.
 */
final class AuditEntries {

  private AuditEntries() {}

  static AuditDraft created(Tenant tenant) {
    return AuditDraft.created(
        reach(tenant), "tenant.create", tenant.path(), TenantView.withoutRevision(tenant));
  }

  static AuditDraft imported(Tenant tenant) {
    return AuditDraft.created(
        reach(tenant), "tenant.import", tenant.path(), TenantView.withoutRevision(tenant));
  }

  static AuditDraft changed(TenantView before, Tenant tenant) {
    TenantView after = TenantView.withoutRevision(tenant);
    return AuditDraft.changed(
        reach(tenant),
        before.status().equals(after.status()) ? "tenant.change" : statusChange(tenant.status),
        tenant.path(),
        before,
        after);
  }

  static AuditDraft removed(Tenant tenant) {
    return AuditDraft.removed(
        reach(tenant), "tenant.remove", tenant.path(), TenantView.withoutRevision(tenant));
  }

  /** Former names and organisation ids are nobody's any more. */
  static AuditDraft imported(List<NameUsed> names, List<OrgIdUsed> orgIds) {
    return AuditDraft.created(
        Reach.EVERYTHING,
        "registry.import",
        RegistryTransferResource.PATH,
        Map.of("formerNames", names, "formerOrgIds", orgIds));
  }

  private static String statusChange(TenantEntry.Status now) {
    return now == TenantEntry.Status.suspended ? "tenant.suspend" : "tenant.resume";
  }

  private static Reach reach(Tenant tenant) {
    return new Reach.Subtree(tenant.tenantId());
  }
}
