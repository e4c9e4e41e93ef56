package dev.gatehouse.key.anchor;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.quota.Quotas;
import dev.gatehouse.key.owner.IssuerNames;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Takes the keys of a user who has left. */
@ApplicationScoped
class PersonalKeys {

  private static final Scope EVERY_KEY = new Scope("keys:all");

  private final Database database;
  private final AnchorTable table;
  private final IssuerNames issuers;
  private final Quotas quotas;
  private final Writes writes;

  PersonalKeys(
      Database database, AnchorTable table, IssuerNames issuers, Quotas quotas, Writes writes) {
    this.database = database;
    this.table = table;
    this.issuers = issuers;
    this.quotas = quotas;
    this.writes = writes;
  }

  /**
   * Removes the personal keys of a user within the caller's reach.
   *
   * @param issuer the name of the registration, or its id, as keys show it
   * @param owner of the registration, where several have that name
   */
  Uni<Removed> removeOf(Caller caller, String issuer, Optional<Reach> owner, Username username) {
    AnchorRights.requireAny(caller, Act.REMOVE);
    if (!caller.scopes().contains(EVERY_KEY)) {
      throw new Forbidden(ErrorCode.SCOPE_INSUFFICIENT, "This needs the scope " + EVERY_KEY);
    }
    quotas.requireWriteRate(caller);
    return database.transaction(
        () ->
            registrationOf(caller, issuer, owner)
                .flatMap(id -> table.lockPersonalOf(new UserId(id, username)))
                .map(anchors -> visible(caller, anchors))
                .flatMap(anchors -> remove(caller, anchors)));
  }

  /** The id serves when the issuer itself is gone already. */
  private Uni<UUID> registrationOf(Caller caller, String issuer, Optional<Reach> owner) {
    try {
      return Uni.createFrom().item(UUID.fromString(issuer));
    } catch (IllegalArgumentException e) {
      return issuers.resolve(caller, issuer, owner).map(IssuerNames.Named::id);
    }
  }

  private static List<Anchor> visible(Caller caller, List<Anchor> anchors) {
    return anchors.stream().filter(anchor -> AnchorRights.sees(caller, anchor)).toList();
  }

  private Uni<Removed> remove(Caller caller, List<Anchor> anchors) {
    List<String> ids = anchors.stream().map(anchor -> anchor.keyId).sorted().distinct().toList();
    if (ids.isEmpty()) {
      return Uni.createFrom().item(new Removed(ids, Optional.empty()));
    }
    List<AuditDraft> audit = anchors.stream().map(AnchorAudit::removed).toList();
    return table
        .removeAll(anchors)
        .chain(() -> writes.commit(caller, anchors.stream().map(Anchor::removed).toList(), audit))
        .map(revision -> new Removed(ids, Optional.of(revision)));
  }

  /** The thumbprints of what was removed, and the last change. */
  record Removed(List<String> keys, Optional<Revision> revision) {
    Removed {
      keys = List.copyOf(keys);
    }
  }
}
