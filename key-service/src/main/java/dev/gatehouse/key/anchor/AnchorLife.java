package dev.gatehouse.key.anchor;

import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Changes trust anchors; each write with its change of the feed and its audit. */
@ApplicationScoped
class AnchorLife {

  private final Database database;
  private final AnchorTable table;
  private final Quotas quotas;
  private final Writes writes;

  AnchorLife(Database database, AnchorTable table, Quotas quotas, Writes writes) {
    this.database = database;
    this.table = table;
    this.quotas = quotas;
    this.writes = writes;
  }

  /** Which of the anchors of a key, in which state. */
  record Meant(String id, Optional<Reach> owner, @Nullable String ifMatch) {}

  Uni<KeyView> patch(Caller caller, Meant meant, AnchorPatch patch) {
    return change(caller, meant, "key.change", anchor -> apply(caller, patch, anchor));
  }

  Uni<KeyView> refuseBefore(Caller caller, Meant meant, NotBefore notBefore) {
    return change(caller, meant, "key.not-before", notBefore::applyTo);
  }

  private Uni<KeyView> change(Caller caller, Meant meant, String action, Predicate<Anchor> change) {
    AnchorRights.requireAny(caller, Act.CHANGE);
    quotas.requireWriteRate(caller);
    return database.transaction(
        () ->
            table
                .lockByKey(meant.id())
                .map(anchors -> AnchorChoice.of(caller, meant.owner(), anchors))
                .invoke(anchor -> requireChange(caller, anchor))
                .invoke(anchor -> anchor.revision().requireMatch(meant.ifMatch()))
                .flatMap(anchor -> changeOne(caller, anchor, action, change)));
  }

  /** Says nothing to gateways and audit when nothing changes. */
  private Uni<KeyView> changeOne(
      Caller caller, Anchor anchor, String action, Predicate<Anchor> change) {
    KeyView before = KeyView.of(anchor);
    if (!change.test(anchor)) {
      return Uni.createFrom().item(before);
    }
    return writes
        .commit(
            caller, List.of(anchor.told()), List.of(AnchorAudit.changed(action, before, anchor)))
        .invoke(revision -> anchor.revision = revision.value())
        .map(revision -> KeyView.of(anchor));
  }

  private static boolean apply(Caller caller, AnchorPatch patch, Anchor anchor) {
    Permissions.requireGrantable(caller, patch.grants(anchor));
    if (anchor.personal().isPresent()) {
      KeyFields.requireData(patch.scopes().orElseGet(anchor::scopeSet));
    }
    return patch.applyTo(anchor);
  }

  private static void requireChange(Caller caller, Anchor anchor) {
    Permissions.require(caller, Act.CHANGE, anchor.target(), AnchorRights::notFound);
  }
}
