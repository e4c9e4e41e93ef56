package dev.gatehouse.key.issuer;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.quota.Quotas;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.issuer.KeyRefresh.Claim;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Fetches the keys of an issuer because somebody asks for it. */
@ApplicationScoped
class IssuerRefresh {

  private final Issuers issuers;
  private final KeyRefresh refresh;
  private final Database database;
  private final IssuerTable table;
  private final Background background;
  private final Quotas quotas;

  IssuerRefresh(
      Issuers issuers,
      KeyRefresh refresh,
      Database database,
      IssuerTable table,
      Background background,
      Quotas quotas) {
    this.issuers = issuers;
    this.refresh = refresh;
    this.database = database;
    this.table = table;
    this.background = background;
    this.quotas = quotas;
  }

  /**
   * The issuer as it is after a fetch. Where one is going on already, that one's end is waited for.
   * Fails with {@link ErrorCode#ISSUER_UNREACHABLE} and the reason in one word.
   */
  Uni<IssuerView> now(Caller caller, IssuerName name, Optional<Reach> owner) {
    return issuers
        .find(caller, Act.CHANGE, name, owner)
        .invoke(issuer -> quotas.requireWriteRate(caller))
        .map(issuer -> issuer.id)
        .call(id -> background.run(() -> fetch(id)))
        .flatMap(id -> database.session(() -> table.findById(id)))
        .onItem()
        .ifNull()
        .failWith(IssuerChoice::notFound)
        .map(IssuerView::of);
  }

  private Uni<Long> fetch(UUID id) {
    return refresh
        .claim(id)
        .flatMap(
            claim ->
                claim instanceof Claim.Fetch ours
                    ? refresh.fetchNow(id, ours)
                    : refresh.later().flatMap(later -> fetch(id)))
        .onFailure(FetchFailure.class)
        .transform(IssuerRefresh::unreachable);
  }

  private static Unavailable unreachable(FetchFailure failure) {
    return new Unavailable(
        ErrorCode.ISSUER_UNREACHABLE,
        "The keys of the issuer cannot be fetched: " + failure.reason().text());
  }
}
