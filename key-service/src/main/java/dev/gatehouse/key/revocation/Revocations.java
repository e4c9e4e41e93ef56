package dev.gatehouse.key.revocation;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import dev.gatehouse.common.quota.Kind;
import dev.gatehouse.common.quota.Quotas;
import dev.gatehouse.key.owner.OwnerGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What can be done with revocations; each write with its change of the feed and its audit. */
@ApplicationScoped
class Revocations {

  private final Database database;
  private final RevocationTable table;
  private final RevocationNames names;
  private final OwnerGuard owners;
  private final Quotas quotas;
  private final Idempotency idempotency;
  private final Writes writes;

  Revocations(
      Database database,
      RevocationTable table,
      RevocationNames names,
      OwnerGuard owners,
      Quotas quotas,
      Idempotency idempotency,
      Writes writes) {
    this.database = database;
    this.table = table;
    this.names = names;
    this.owners = owners;
    this.quotas = quotas;
    this.idempotency = idempotency;
    this.writes = writes;
  }

  /**
   * Adds the revocation, or finds the one that says the same already.
   *
   * @param key of the header {@code Idempotency-Key}
   */
  Uni<RevocationView> add(Caller caller, NewRevocation wanted, @Nullable String key, String body) {
    Reach owner = wanted.ownerFor(caller.reach());
    Permissions.require(caller, Act.ADD, new Target.OfRevocation(owner), Revocations::notFound);
    requireWithin(owner, wanted);
    quotas.requireWriteRate(caller);
    return names
        .registrationOf(owner)
        .flatMap(
            registration ->
                database.transaction(
                    () ->
                        idempotency.once(
                            caller,
                            "POST " + RevocationsResource.PATH,
                            key,
                            body,
                            RevocationView.class,
                            () -> write(caller, owner, registration, wanted))));
  }

  /** A page of revocations and one more, if there is one. */
  Uni<List<Revocation>> list(
      Caller caller, Optional<Reach> owner, Optional<RevocationEntry.Type> type, PageRequest page) {
    requireSight(caller, caller.reach());
    owner.ifPresent(asked -> requireSight(caller, asked));
    return database.session(() -> table.list(caller.reach(), owner, type, page));
  }

  Uni<Revocation> find(Caller caller, UUID id) {
    requireSight(caller, caller.reach());
    return database.session(() -> table.findById(id)).map(found -> visible(caller, Act.SEE, found));
  }

  Uni<RemovedView> remove(Caller caller, UUID id, @Nullable String ifMatch) {
    Permissions.require(
        caller, Act.REMOVE, new Target.OfRevocation(caller.reach()), Revocations::notFound);
    quotas.requireWriteRate(caller);
    return database.transaction(
        () ->
            table
                .lock(id)
                .map(found -> visible(caller, Act.REMOVE, found))
                .invoke(found -> found.revision().requireMatch(ifMatch))
                .flatMap(found -> removeOne(caller, found)));
  }

  private Uni<RevocationView> write(
      Caller caller, Reach owner, Optional<UUID> registration, NewRevocation wanted) {
    return owners
        .requireLive(registration)
        .chain(() -> names.resolve(caller, owner, registration, wanted))
        .flatMap(revoked -> addUnlessThere(caller, revoked))
        .map(RevocationView::of);
  }

  private Uni<Revocation> addUnlessThere(Caller caller, Revoked revoked) {
    return table
        .lockByContent(revoked.contentHash())
        .flatMap(
            found -> found.map(Uni.createFrom()::item).orElseGet(() -> insert(caller, revoked)));
  }

  private Uni<Revocation> insert(Caller caller, Revoked revoked) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Revocation added = Revocation.of(UUID.randomUUID(), revoked, now);
    return quotas
        .requireRoom(caller, revoked.owner(), Kind.REVOCATIONS, 1, table::countWithin)
        .chain(() -> table.persistAndFlush(added))
        .chain(() -> writes.commit(caller, List.of(added.added()), List.of(created(added))))
        .invoke(revision -> added.revision = revision.value())
        .replaceWith(added);
  }

  private Uni<RemovedView> removeOne(Caller caller, Revocation found) {
    return table
        .delete(found)
        .chain(table::flush)
        .chain(() -> writes.commit(caller, List.of(found.removed()), List.of(gone(found))))
        .map(revision -> removed(found, revision));
  }

  private static RemovedView removed(Revocation found, Revision revision) {
    return new RemovedView(found.id, found.owner, revision, Optional.empty());
  }

  private static AuditDraft created(Revocation added) {
    return AuditDraft.created(
        added.ownerReach(), "revocation.create", added.resource(), RevocationView.of(added));
  }

  private static AuditDraft gone(Revocation removed) {
    return AuditDraft.removed(
        removed.ownerReach(), "revocation.remove", removed.resource(), RevocationView.of(removed));
  }

  /** A revocation acts within its owner's subtree only, so one beyond that would do nothing. */
  private static void requireWithin(Reach owner, NewRevocation wanted) {
    wanted
        .tenant()
        .filter(tenant -> !owner.covers(tenant))
        .ifPresent(
            tenant -> {
              throw new Forbidden(
                  ErrorCode.TENANT_MISMATCH,
                  "A revocation acts on its owner and the tenants nested in it only");
            });
  }

  private static void requireSight(Caller caller, Reach owner) {
    Permissions.require(
        caller,
        Act.SEE,
        new Target.OfRevocation(owner),
        () ->
            new Forbidden(
                ErrorCode.TENANT_MISMATCH,
                "Revocations are listed for your own tenant and those nested in it only"));
  }

  private static Revocation visible(Caller caller, Act act, @Nullable Revocation found) {
    if (found == null) {
      throw notFound();
    }
    Permissions.require(
        caller, act, new Target.OfRevocation(found.ownerReach()), Revocations::notFound);
    return found;
  }

  static NotFound notFound() {
    return new NotFound(ErrorCode.REVOCATION_NOT_FOUND, "There is no such revocation");
  }
}
