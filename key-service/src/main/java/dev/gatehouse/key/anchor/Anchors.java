package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Feed;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
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

/** What can be done with trust anchors; each write with its change of the feed. */
@ApplicationScoped
class Anchors {

  private final Database database;
  private final AnchorTable table;
  private final Feed feed;
  private final TenantDirectory tenants;
  private final KeysConfiguration configuration;

  Anchors(
      Database database,
      AnchorTable table,
      Feed feed,
      TenantDirectory tenants,
      KeysConfiguration configuration) {
    this.database = database;
    this.table = table;
    this.feed = feed;
    this.tenants = tenants;
    this.configuration = configuration;
  }

  /** Adds all keys of the upload, or none. */
  Uni<Added> add(Caller caller, AnchorUpload upload) {
    AnchorAccess.refusalToAdd(
            caller, upload.owner(), upload.scopes(), configuration.wildcardOwner())
        .ifPresent(Anchors::refuse);
    return registrationOf(upload.owner())
        .flatMap(registration -> database.transaction(() -> write(upload, registration)))
        .onFailure()
        .transform(Anchors::conflict);
  }

  /** A page of anchors and one more, if there is one. */
  Uni<List<Anchor>> list(Caller caller, Optional<Reach> owner, PageRequest page) {
    AnchorAccess.refusalToList(caller, owner).ifPresent(Anchors::refuse);
    return database.session(() -> table.list(caller.reach(), owner, page));
  }

  Uni<Anchor> find(Caller caller, String id, Optional<Reach> owner) {
    AnchorAccess.refusalToRead(caller).ifPresent(Anchors::refuse);
    return database
        .session(() -> table.byKey(id))
        .map(anchors -> AnchorChoice.of(caller, owner, anchors));
  }

  Uni<Removed> remove(Caller caller, String id, Optional<Reach> owner, @Nullable String ifMatch) {
    AnchorAccess.refusalToRemove(caller).ifPresent(Anchors::refuse);
    return database.transaction(
        () -> table.lockByKey(id).flatMap(anchors -> removeOne(caller, owner, anchors, ifMatch)));
  }

  private Uni<Optional<UUID>> registrationOf(Reach owner) {
    return owner
        .top()
        .map(tenant -> tenants.registrationOf(tenant).map(Optional::of))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Added> write(AnchorUpload upload, Optional<UUID> registration) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    List<Anchor> added =
        upload.keys().stream().map(key -> Anchor.of(key, upload, registration, now)).toList();
    return removeOfFormer(upload.owner(), registration)
        .call(former -> table.insert(added))
        .flatMap(former -> append(former, added))
        .map(revision -> new Added(numbered(added, revision), revision));
  }

  /** The next tenant of a name inherits no keys; their rows make way for its own. */
  private Uni<List<Anchor>> removeOfFormer(Reach owner, Optional<UUID> registration) {
    if (owner.top().isEmpty() || registration.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return table
        .lockOfFormer(owner.top().get(), registration.get())
        .call(former -> deleteAll(former));
  }

  private Uni<Void> deleteAll(List<Anchor> anchors) {
    Uni<Void> deleted = Uni.createFrom().voidItem();
    for (Anchor anchor : anchors) {
      deleted = deleted.flatMap(done -> table.delete(anchor));
    }
    return deleted.flatMap(done -> table.flush());
  }

  private Uni<Revision> append(List<Anchor> removed, List<Anchor> added) {
    List<Draft> drafts =
        Stream.concat(removed.stream().map(Anchor::removed), added.stream().map(Anchor::added))
            .toList();
    return feed.append(drafts);
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
    return deleteAll(List.of(anchor))
        .flatMap(deleted -> feed.append(anchor.removed()))
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

  private static void refuse(RuntimeException refusal) {
    throw refusal;
  }

  record Added(List<KeyView> keys, Revision revision) {
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
