package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.server.Feed;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Registers, changes and removes tenants, each in one transaction with what the feed says of it.
 */
@ApplicationScoped
class Registry {

  private static final int ATTEMPTS_AGAINST_NEW_CHILDREN = 5;

  private final Database database;
  private final Tenants tenants;
  private final Feed feed;

  Registry(Database database, Tenants tenants, Feed feed) {
    this.database = database;
    this.tenants = tenants;
    this.feed = feed;
  }

  Uni<Tenant> get(TenantId name) {
    return database.session(() -> tenants.named(name)).map(Registry::existing);
  }

  Uni<List<Tenant>> list(TenantFilter filter, PageRequest page) {
    return database.session(() -> tenants.list(filter, page));
  }

  Uni<Tenant> create(NewTenant wanted) {
    return database
        .transaction(() -> register(wanted))
        .onFailure()
        .transform(failure -> lostRace(failure, parentUnknown()));
  }

  Uni<Tenant> change(TenantId name, TenantPatch patch, @Nullable String ifMatch) {
    return database.transaction(
        () ->
            tenants
                .namedForUpdate(refuseDefault(name))
                .map(Registry::existing)
                .invoke(tenant -> tenant.revision().requireMatch(ifMatch))
                .flatMap(
                    tenant ->
                        patch.applyTo(tenant) ? publish(tenant) : Uni.createFrom().item(tenant)));
  }

  Uni<Removed> remove(TenantId name, boolean recursive, @Nullable String ifMatch) {
    Uni<Removed> removal =
        database
            .transaction(() -> removeOnce(refuseDefault(name), recursive, ifMatch))
            .onFailure()
            .transform(failure -> lostRace(failure, hasChildren()));
    return recursive
        ? removal.onFailure(Registry::isNewChild).retry().atMost(ATTEMPTS_AGAINST_NEW_CHILDREN)
        : removal;
  }

  /** The top is locked first: from then on nothing new can be nested directly in it. */
  private Uni<Removed> removeOnce(TenantId name, boolean recursive, @Nullable String ifMatch) {
    return tenants
        .namedForUpdate(name)
        .map(Registry::existing)
        .invoke(top -> top.revision().requireMatch(ifMatch))
        .chain(() -> tenants.subtreeForUpdate(name))
        .invoke(subtree -> refuseIf(subtree.size() > 1 && !recursive, hasChildren()))
        .flatMap(subtree -> removeAll(name, subtree));
  }

  private static boolean isNewChild(Throwable failure) {
    return failure instanceof Conflict conflict && conflict.code() == ErrorCode.TENANT_HAS_CHILDREN;
  }

  private Uni<Tenant> register(NewTenant wanted) {
    return requireFree(wanted)
        .chain(() -> parentId(wanted.name()))
        .flatMap(parentId -> tenantToBe(wanted, parentId))
        .call(tenants::persist)
        .flatMap(this::publish);
  }

  private Uni<Void> requireFree(NewTenant wanted) {
    return tenants
        .named(wanted.name())
        .invoke(found -> refuseIf(found.isPresent(), exists()))
        .chain(() -> tenants.hasOrgId(wanted.effectiveOrgId()))
        .invoke(taken -> refuseIf(taken, orgIdTaken()))
        .chain(() -> tenants.isFormerOrgId(wanted.effectiveOrgId()))
        .invoke(former -> refuseIf(former && !wanted.reuse(), wasUsed("organisation id")))
        .replaceWithVoid();
  }

  private Uni<Optional<UUID>> parentId(TenantId name) {
    return name.parent()
        .map(
            parent ->
                tenants
                    .named(parent)
                    .invoke(found -> refuseIf(found.isEmpty(), parentUnknown()))
                    .map(found -> found.map(tenant -> tenant.id)))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Tenant> tenantToBe(NewTenant wanted, Optional<UUID> parentId) {
    return tenants
        .formerName(wanted.name())
        .invoke(former -> refuseIf(former.isPresent() && !wanted.reuse(), wasUsed("name")))
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
    tenant.tokensNotBefore = former.map(it -> it.tokensNotBefore).orElse(null);
    tenant.createdAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    return tenant;
  }

  private Uni<Tenant> publish(Tenant tenant) {
    return feed.append(tenant.draft())
        .invoke(revision -> tenant.revision = revision.value())
        .replaceWith(tenant);
  }

  private Uni<Removed> removeAll(TenantId name, List<Tenant> subtree) {
    return tenants
        .remove(subtree, afterNow())
        .chain(() -> feed.append(subtree.stream().map(Tenant::removal).toList()))
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
    refuseIf(
        name.isDefault(),
        new Conflict(
            ErrorCode.DEFAULT_TENANT, "The default tenant can be neither changed nor removed"));
    return name;
  }

  private static Tenant existing(Optional<Tenant> found) {
    return found.orElseThrow(Access::unknown);
  }

  private static void refuseIf(boolean refused, Conflict conflict) {
    if (refused) {
      throw conflict;
    }
  }

  /**
   * Two writers passed the checks at the same time, and the database let one of them win.
   *
   * @param nesting what it means when a parent goes while a child comes
   */
  private static Throwable lostRace(Throwable failure, Conflict nesting) {
    return switch (DatabaseFaults.violatedConstraint(failure).orElse("")) {
      case "tenant_name_unique" -> exists();
      case "tenant_org_id_unique" -> orgIdTaken();
      case "tenant_parent_exists" -> nesting;
      default -> failure;
    };
  }

  private static Conflict exists() {
    return new Conflict(ErrorCode.TENANT_EXISTS, "There is a tenant of this name");
  }

  private static Conflict orgIdTaken() {
    return new Conflict(ErrorCode.ORG_ID_TAKEN, "Another tenant has this organisation id");
  }

  private static Conflict parentUnknown() {
    return new Conflict(ErrorCode.PARENT_UNKNOWN, "Create the tenant above it first");
  }

  private static Conflict hasChildren() {
    return new Conflict(
        ErrorCode.TENANT_HAS_CHILDREN,
        "Tenants are nested in it. Remove them first, or send recursive=true.");
  }

  private static Conflict wasUsed(String what) {
    return new Conflict(
        ErrorCode.NAME_WAS_USED,
        "A former tenant had this "
            + what
            + ", and backends may still hold its data. Send reuse: true to inherit that.");
  }
}
