package dev.gatehouse.tenant.registry;

import static dev.gatehouse.tenant.registry.Conflicts.refuseIf;

import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.quota.Kind;
import dev.gatehouse.common.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Registers, changes and removes tenants, each in one transaction with what the feed and the audit
 * log say of it.
 */
@ApplicationScoped
class Registry {

  private static final int ATTEMPTS_AGAINST_NEW_CHILDREN = 5;

  private final Database database;
  private final Tenants tenants;
  private final FormerUses formerUses;
  private final Idempotency idempotency;
  private final Quotas quotas;
  private final Writes writes;

  Registry(
      Database database,
      Tenants tenants,
      FormerUses formerUses,
      Idempotency idempotency,
      Quotas quotas,
      Writes writes) {
    this.database = database;
    this.tenants = tenants;
    this.formerUses = formerUses;
    this.idempotency = idempotency;
    this.quotas = quotas;
    this.writes = writes;
  }

  Uni<Tenant> get(TenantId name) {
    return database.session(() -> tenants.named(name)).map(Registry::existing);
  }

  Uni<List<Tenant>> list(TenantFilter filter, PageRequest page) {
    return database.session(() -> tenants.list(filter, page));
  }

  /**
   * Registers a tenant.
   *
   * @param idempotencyKey as sent
   * @param body as sent
   */
  Uni<TenantView> create(
      Caller caller, NewTenant wanted, @Nullable String idempotencyKey, String body) {
    return database
        .transaction(
            () ->
                idempotency.once(
                    caller,
                    "POST " + TenantsResource.PATH,
                    idempotencyKey,
                    body,
                    TenantView.class,
                    () -> register(caller, wanted)))
        .onFailure()
        .transform(failure -> Conflicts.lostRace(failure, Conflicts.parentUnknown()));
  }

  Uni<TenantView> change(
      Caller caller, TenantId name, TenantPatch patch, @Nullable String ifMatch) {
    return database.transaction(
        () ->
            tenants
                .namedForUpdate(refuseDefault(name))
                .map(Registry::existing)
                .invoke(tenant -> tenant.revision().requireMatch(ifMatch))
                .flatMap(tenant -> apply(caller, patch, tenant)));
  }

  Uni<Removed> remove(Caller caller, TenantId name, boolean recursive, @Nullable String ifMatch) {
    Uni<Removed> removal =
        database
            .transaction(() -> removeOnce(caller, refuseDefault(name), recursive, ifMatch))
            .onFailure()
            .transform(failure -> Conflicts.lostRace(failure, Conflicts.hasChildren()));
    return recursive
        ? removal.onFailure(Registry::isNewChild).retry().atMost(ATTEMPTS_AGAINST_NEW_CHILDREN)
        : removal;
  }

  static NotFound unknown() {
    return new NotFound(ErrorCode.TENANT_UNKNOWN, "There is no such tenant");
  }

  private Uni<TenantView> apply(Caller caller, TenantPatch patch, Tenant tenant) {
    TenantView before = TenantView.withoutRevision(tenant);
    if (!patch.applyTo(tenant)) {
      return Uni.createFrom().item(TenantView.of(tenant));
    }
    return writes
        .commit(caller, List.of(tenant.draft()), List.of(AuditEntries.changed(before, tenant)))
        .map(tenant::at);
  }

  /** The top is locked first: from then on nothing new can be nested directly in it. */
  private Uni<Removed> removeOnce(
      Caller caller, TenantId name, boolean recursive, @Nullable String ifMatch) {
    return tenants
        .namedForUpdate(name)
        .map(Registry::existing)
        .invoke(top -> top.revision().requireMatch(ifMatch))
        .chain(() -> tenants.subtreeForUpdate(name))
        .invoke(subtree -> refuseIf(subtree.size() > 1 && !recursive, Conflicts.hasChildren()))
        .flatMap(subtree -> removeAll(caller, name, subtree));
  }

  private static boolean isNewChild(Throwable failure) {
    return failure instanceof Conflict conflict && conflict.code() == ErrorCode.TENANT_HAS_CHILDREN;
  }

  private Uni<TenantView> register(Caller caller, NewTenant wanted) {
    return tenants
        .lockAgainstImport()
        .chain(() -> requireRoom(caller, wanted.name()))
        .chain(() -> requireFree(wanted))
        .chain(() -> parentId(wanted.name()))
        .flatMap(parentId -> tenantToBe(wanted, parentId))
        .call(tenants::persist)
        .flatMap(tenant -> publish(caller, tenant));
  }

  private Uni<Void> requireRoom(Caller caller, TenantId name) {
    return quotas.requireRoom(
        caller, new Reach.Subtree(name), Kind.TENANTS, 1, tenants::countNestedIn);
  }

  private Uni<Void> requireFree(NewTenant wanted) {
    return tenants
        .named(wanted.name())
        .invoke(found -> refuseIf(found.isPresent(), Conflicts.exists()))
        .chain(() -> tenants.hasOrgId(wanted.effectiveOrgId()))
        .invoke(taken -> refuseIf(taken, Conflicts.orgIdTaken()))
        .chain(() -> formerUses.isKnown(wanted.effectiveOrgId()))
        .invoke(former -> refuseIf(former && !wanted.reuse(), Conflicts.wasUsed("organisation id")))
        .replaceWithVoid();
  }

  private Uni<Optional<UUID>> parentId(TenantId name) {
    return name.parent()
        .map(
            parent ->
                tenants
                    .named(parent)
                    .invoke(found -> refuseIf(found.isEmpty(), Conflicts.parentUnknown()))
                    .map(found -> found.map(tenant -> tenant.id)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Tenant> tenantToBe(NewTenant wanted, Optional<UUID> parentId) {
    return formerUses
        .ofName(wanted.name())
        .invoke(
            former -> refuseIf(former.isPresent() && !wanted.reuse(), Conflicts.wasUsed("name")))
        .map(former -> tenant(wanted, parentId, former));
  }

  private static Tenant tenant(
      NewTenant wanted, Optional<UUID> parentId, Optional<FormerName> former) {
    Tenant tenant = new Tenant();
    tenant.id = UUID.randomUUID();
    tenant.name = wanted.name().value();
    tenant.parentId = parentId.orElse(null);
    tenant.orgId = wanted.effectiveOrgId().value();
    tenant.displayName = wanted.displayName().map(DisplayName::value).orElse(null);
    tenant.status = TenantEntry.Status.active;
    tenant.limits = wanted.limits().orElse(null);
    tenant.tokensNotBefore = former.map(it -> it.tokensNotBefore).orElse(null);
    tenant.createdAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return tenant;
  }

  private Uni<TenantView> publish(Caller caller, Tenant tenant) {
    return writes
        .commit(caller, List.of(tenant.draft()), List.of(AuditEntries.created(tenant)))
        .map(tenant::at);
  }

  private Uni<Removed> removeAll(Caller caller, TenantId name, List<Tenant> subtree) {
    List<UUID> ids = subtree.stream().map(tenant -> tenant.id).toList();
    return formerUses
        .remember(ids, afterNow())
        .chain(() -> tenants.delete("id in ?1", ids))
        .chain(
            () ->
                writes.commit(
                    caller,
                    subtree.stream().map(Tenant::removal).toList(),
                    subtree.stream().map(AuditEntries::removed).toList()))
        .map(revision -> removed(name, revision, subtree));
  }

  private static Removed removed(TenantId name, Revision revision, List<Tenant> subtree) {
    return new Removed(name, revision, subtree.stream().map(Tenant::tenantId).toList());
  }

  /** Tokens count in whole seconds, so those of the running second have to go as well. */
  private static long afterNow() {
    return Instant.now().getEpochSecond() + 1;
  }

  private static TenantId refuseDefault(TenantId name) {
    refuseIf(name.isDefault(), Conflicts.isDefault());
    return name;
  }

  private static Tenant existing(Optional<Tenant> found) {
    return found.orElseThrow(Registry::unknown);
  }
}
