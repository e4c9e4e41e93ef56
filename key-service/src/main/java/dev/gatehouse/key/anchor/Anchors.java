package dev.gatehouse.key.anchor;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.quota.Kind;
import dev.gatehouse.common.quota.Quotas;
import dev.gatehouse.key.owner.OwnerGuard;
import dev.gatehouse.key.owner.TenantDirectory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Adds, shows and removes trust anchors; each write with its change of the feed and its audit. */
@ApplicationScoped
class Anchors {

  private final Database database;
  private final AnchorTable table;
  private final TenantDirectory tenants;
  private final OwnerGuard owners;
  private final Quotas quotas;
  private final Idempotency idempotency;
  private final Writes writes;
  private final KeysConfiguration configuration;

  Anchors(
      Database database,
      AnchorTable table,
      TenantDirectory tenants,
      OwnerGuard owners,
      Quotas quotas,
      Idempotency idempotency,
      Writes writes,
      KeysConfiguration configuration) {
    this.database = database;
    this.table = table;
    this.tenants = tenants;
    this.owners = owners;
    this.quotas = quotas;
    this.idempotency = idempotency;
    this.writes = writes;
    this.configuration = configuration;
  }

  /**
   * Adds all keys of the upload, or none.
   *
   * @param key of the header {@code Idempotency-Key}
   * @param body the upload as it was sent
   */
  Uni<Added> add(Caller caller, AnchorUpload upload, @Nullable String key, String body) {
    AnchorRights.requireAddition(caller, upload, configuration.wildcardOwner());
    quotas.requireWriteRate(caller);
    return registrationOf(upload.owner())
        .flatMap(
            registration ->
                database.transaction(
                    () ->
                        idempotency.once(
                            caller,
                            "POST " + KeysResource.PATH,
                            key,
                            body,
                            Added.class,
                            () -> write(caller, upload, registration))))
        .onFailure()
        .transform(Anchors::conflict);
  }

  /** A page of anchors and one more, if there is one. */
  Uni<List<Anchor>> list(Caller caller, Optional<Reach> owner, PageRequest page) {
    AnchorRights.requireList(caller, owner);
    return database.session(() -> table.list(caller, owner, page));
  }

  Uni<Anchor> find(Caller caller, String id, Optional<Reach> owner) {
    AnchorRights.requireAny(caller, Act.SEE);
    return database
        .session(() -> table.byKey(id))
        .map(anchors -> AnchorChoice.of(caller, owner, anchors));
  }

  Uni<Removed> remove(Caller caller, String id, Optional<Reach> owner, @Nullable String ifMatch) {
    AnchorRights.requireAny(caller, Act.REMOVE);
    quotas.requireWriteRate(caller);
    return database.transaction(
        () -> table.lockByKey(id).flatMap(anchors -> removeOne(caller, owner, anchors, ifMatch)));
  }

  private Uni<Optional<UUID>> registrationOf(Reach owner) {
    return owner
        .top()
        .map(tenant -> tenants.registrationOf(tenant).map(Optional::of))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Added> write(Caller caller, AnchorUpload upload, Optional<UUID> registration) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<Anchor> added =
        upload.keys().stream()
            .map(key -> Anchor.of(key, upload, registration, upload.userOf(caller), now))
            .toList();
    return owners
        .requireLive(registration)
        .chain(() -> removeOfFormer(upload.owner(), registration))
        .call(former -> requireRoom(caller, upload.owner(), added.size()))
        .call(former -> table.insert(added))
        .flatMap(former -> commit(caller, former, added))
        .map(revision -> new Added(numbered(added, revision), revision.value()));
  }

  /**
   * The next tenant of a name inherits no keys. Whoever registers a name anew can be faster here
   * than the feed of the tenants.
   */
  private Uni<List<Anchor>> removeOfFormer(Reach owner, Optional<UUID> registration) {
    if (owner.top().isEmpty() || registration.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return table.lockOfFormer(owner.top().get(), registration.get()).call(table::removeAll);
  }

  private Uni<Void> requireRoom(Caller caller, Reach owner, int adding) {
    return quotas.requireRoom(caller, owner, Kind.KEYS, adding, table::countWithin);
  }

  private Uni<Revision> commit(Caller caller, List<Anchor> removed, List<Anchor> added) {
    List<Draft> changes =
        Stream.concat(removed.stream().map(Anchor::removed), added.stream().map(Anchor::told))
            .toList();
    List<AuditDraft> audit =
        Stream.concat(
                removed.stream().map(AnchorAudit::removed),
                added.stream().map(AnchorAudit::created))
            .toList();
    return writes.commit(caller, changes, audit);
  }

  /** The drafts of the added ones are the last of those appended, in this order. */
  private static List<KeyView> numbered(List<Anchor> added, Revision last) {
    List<KeyView> views = new ArrayList<>(added.size());
    long revision = last.value() - added.size();
    for (Anchor anchor : added) {
      anchor.revision = ++revision;
      views.add(KeyView.of(anchor));
    }
    return views;
  }

  private Uni<Removed> removeOne(
      Caller caller, Optional<Reach> owner, List<Anchor> anchors, @Nullable String ifMatch) {
    Anchor anchor = AnchorChoice.of(caller, owner, anchors);
    anchor.revision().requireMatch(ifMatch);
    List<String> remaining = AnchorChoice.remaining(caller, anchor, anchors);
    return table
        .removeAll(List.of(anchor))
        .chain(() -> commit(caller, List.of(anchor), List.of()))
        .map(revision -> new Removed(anchor.keyId, anchor.owner, revision, remaining));
  }

  private static Throwable conflict(Throwable failure) {
    return switch (DatabaseFaults.violatedConstraint(failure).orElse("")) {
      case "anchor_of_owner" ->
          new Conflict(ErrorCode.KEY_EXISTS, "This owner has this key already");
      case "anchor_opstrace_id" ->
          new Conflict(
              ErrorCode.KEY_ID_TAKEN,
              "Another key has the same Opstrace id (SHA-1); use a new key pair");
      default -> failure;
    };
  }

  record Added(List<KeyView> keys, long revision) {
    Added {
      keys = List.copyOf(keys);
    }
  }

  /** What was removed, and which other owners still have the same key. */
  record Removed(String id, String owner, Revision revision, List<String> remaining) {
    Removed {
      remaining = List.copyOf(remaining);
    }
  }
}
