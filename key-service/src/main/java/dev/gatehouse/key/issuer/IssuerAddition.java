package dev.gatehouse.key.issuer;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.quota.Kind;
import dev.gatehouse.common.quota.Quotas;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.owner.OwnerGuard;
import dev.gatehouse.key.owner.TenantDirectory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Registers issuers of tenants. */
@ApplicationScoped
class IssuerAddition {

  private final Database database;
  private final IssuerTable table;
  private final Writes writes;
  private final Idempotency idempotency;
  private final Quotas quotas;
  private final TenantDirectory tenants;
  private final OwnerGuard owners;
  private final ProviderKeys provider;
  private final InstanceName instance;

  IssuerAddition(
      Database database,
      IssuerTable table,
      Writes writes,
      Idempotency idempotency,
      Quotas quotas,
      TenantDirectory tenants,
      OwnerGuard owners,
      ProviderKeys provider,
      InstanceName instance) {
    this.database = database;
    this.table = table;
    this.writes = writes;
    this.idempotency = idempotency;
    this.quotas = quotas;
    this.tenants = tenants;
    this.owners = owners;
    this.provider = provider;
    this.instance = instance;
  }

  /** Registers an issuer, if its address may be asked at all and no other takes its tokens. */
  Uni<IssuerView> add(Caller caller, String body, @Nullable String idempotencyKey) {
    IssuerPermissions.require(caller, Act.ADD);
    NewIssuer wanted = NewIssuer.parse(body, caller, instance.get());
    IssuerPermissions.requireAddition(caller, wanted);
    quotas.requireWriteRate(caller);
    return tenants
        .registrationOf(wanted.owner())
        .call(registration -> requireAddress(wanted))
        .flatMap(
            registration ->
                database.transaction(
                    () ->
                        idempotency.once(
                            caller,
                            "POST /api/v1/issuers",
                            idempotencyKey,
                            body,
                            IssuerView.class,
                            () -> write(caller, wanted, registration))))
        .onFailure()
        .transform(IssuerAddition::conflict);
  }

  private Uni<Void> requireAddress(NewIssuer wanted) {
    return provider
        .requireAddress(
            new Provider(wanted.url().toString(), new Reach.Subtree(wanted.owner()), false))
        .onFailure(FetchFailure.class)
        .transform(
            refused ->
                new Invalid(
                    ErrorCode.ISSUER_URL_REFUSED,
                    "The issuer must be asked by https, and its host have public addresses only"));
  }

  private Uni<IssuerView> write(Caller caller, NewIssuer wanted, UUID registration) {
    Reach owner = new Reach.Subtree(wanted.owner());
    Issuer issuer = Issuer.of(UUID.randomUUID(), owner, wanted.entry(registration), Instant.now());
    return owners
        .requireLive(Optional.of(registration))
        .chain(table::takeTurns)
        .flatMap(turn -> removeOfFormer(wanted, registration))
        .call(() -> quotas.requireRoom(caller, owner, Kind.ISSUERS, 1, table::countWithin))
        .call(() -> refuseTaken(wanted))
        .call(() -> refuseAmbiguity(wanted))
        .call(() -> table.persistAndFlush(issuer))
        .flatMap(former -> commit(caller, former, issuer));
  }

  /** The next tenant of a name inherits no issuers; their rows make way for its own. */
  private Uni<List<Issuer>> removeOfFormer(NewIssuer wanted, UUID registration) {
    return table.lockOfFormer(wanted.owner(), registration).call(former -> table.deleteAll(former));
  }

  private Uni<Void> refuseTaken(NewIssuer wanted) {
    return table
        .byName(wanted.name())
        .invoke(
            sameName -> {
              if (sameName.stream().anyMatch(it -> it.owner.equals(wanted.owner().value()))) {
                throw exists();
              }
            })
        .replaceWithVoid();
  }

  private Uni<Void> refuseAmbiguity(NewIssuer wanted) {
    return table
        .byUrl(wanted.url().toString())
        .invoke(others -> Ambiguity.refuse(wanted.terms().audiences(), others))
        .replaceWithVoid();
  }

  private Uni<IssuerView> commit(Caller caller, List<Issuer> former, Issuer added) {
    List<Draft> drafts = new ArrayList<>(former.stream().map(Issuer::removed).toList());
    List<AuditDraft> entries =
        new ArrayList<>(former.stream().map(AuditedIssuer::removed).toList());
    drafts.add(added.tell(added.told()));
    entries.add(AuditedIssuer.created(added));
    return writes.commit(caller, drafts, entries).map(added::at);
  }

  private static Throwable conflict(Throwable failure) {
    return DatabaseFaults.violatedConstraint(failure).filter("issuer_of_owner"::equals).isPresent()
        ? exists()
        : failure;
  }

  private static Conflict exists() {
    return new Conflict(ErrorCode.ISSUER_EXISTS, "This owner has an issuer of this name already");
  }
}
