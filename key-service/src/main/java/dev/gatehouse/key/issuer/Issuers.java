package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.quota.Quotas;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be done with issuers that are there; each write with its change of the feed. */
@ApplicationScoped
class Issuers {

  private final Database database;
  private final IssuerTable table;
  private final Writes writes;
  private final Quotas quotas;
  private final InstanceName instance;

  Issuers(
      Database database, IssuerTable table, Writes writes, Quotas quotas, InstanceName instance) {
    this.database = database;
    this.table = table;
    this.writes = writes;
    this.quotas = quotas;
    this.instance = instance;
  }

  /** A page of issuers and one more, if there is one. */
  Uni<List<Issuer>> list(Caller caller, Optional<Reach> owner, PageRequest page) {
    IssuerPermissions.requireList(caller, owner);
    return database.session(() -> table.list(caller.reach(), owner, page));
  }

  Uni<Issuer> find(Caller caller, Act act, IssuerName name, Optional<Reach> owner) {
    IssuerPermissions.require(caller, act);
    return database
        .session(() -> table.byName(name))
        .map(sameName -> IssuerChoice.of(caller, act, owner, sameName));
  }

  /**
   * Changes the terms. Whoever does has to have all scopes that the issuer can grant afterwards:
   * other audiences, or another claim, give them to other people.
   */
  Uni<IssuerView> change(
      Caller caller,
      IssuerName name,
      Optional<Reach> owner,
      JsonNode patch,
      @Nullable String ifMatch) {
    IssuerPermissions.require(caller, Act.CHANGE);
    quotas.requireWriteRate(caller);
    return database.transaction(
        () ->
            table
                .takeTurns()
                .flatMap(turn -> table.lockByName(name))
                .map(sameName -> writable(caller, Act.CHANGE, owner, sameName, ifMatch))
                .flatMap(issuer -> change(caller, issuer, patch)));
  }

  Uni<RemovedIssuer> remove(
      Caller caller, IssuerName name, Optional<Reach> owner, @Nullable String ifMatch) {
    IssuerPermissions.require(caller, Act.REMOVE);
    quotas.requireWriteRate(caller);
    return database.transaction(
        () ->
            table
                .lockByName(name)
                .map(sameName -> writable(caller, Act.REMOVE, owner, sameName, ifMatch))
                .flatMap(issuer -> remove(caller, issuer)));
  }

  private static Issuer writable(
      Caller caller,
      Act act,
      Optional<Reach> owner,
      List<Issuer> sameName,
      @Nullable String ifMatch) {
    Issuer issuer = IssuerChoice.of(caller, act, owner, sameName);
    if (issuer.isConfigured()) {
      throw new Conflict(
          ErrorCode.ISSUER_CONFIGURED,
          "This issuer comes from the configuration of key-service, and is changed there");
    }
    issuer.revision().requireMatch(ifMatch);
    return issuer;
  }

  private Uni<IssuerView> change(Caller caller, Issuer issuer, JsonNode patch) {
    IssuerEntry told = issuer.told();
    TenantId owner = issuer.ownerReach().top().orElseThrow();
    Terms terms = Terms.of(told).patched(patch, owner, instance.get(), caller.scopes());
    Permissions.requireGrantable(caller, terms.scopes());
    IssuerEntry next = Entries.withTerms(told, terms);
    return next.equals(told)
        ? Uni.createFrom().item(IssuerView.of(issuer))
        : refuseAmbiguity(issuer, terms).flatMap(clear -> write(caller, issuer, told, next));
  }

  private Uni<Void> refuseAmbiguity(Issuer issuer, Terms terms) {
    return table
        .byUrl(issuer.url)
        .map(same -> same.stream().filter(other -> !other.id.equals(issuer.id)).toList())
        .invoke(others -> Ambiguity.refuse(terms.audiences(), others))
        .replaceWithVoid();
  }

  private Uni<IssuerView> write(Caller caller, Issuer issuer, IssuerEntry told, IssuerEntry next) {
    return writes
        .commit(caller, List.of(issuer.tell(next)), List.of(AuditedIssuer.changed(issuer, told)))
        .map(issuer::at);
  }

  private Uni<RemovedIssuer> remove(Caller caller, Issuer issuer) {
    return table
        .deleteAll(List.of(issuer))
        .flatMap(
            deleted ->
                writes.commit(
                    caller, List.of(issuer.removed()), List.of(AuditedIssuer.removed(issuer))))
        .map(revision -> new RemovedIssuer(issuer.name, issuer.owner, revision, Optional.empty()));
  }
}
