package dev.gatehouse.key.issuer;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.issuer.IssuerTable.Due;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides who fetches the keys of an issuer, and when. A lease in the issuer's row keeps replicas
 * from doing it at once; a replica that dies with the lease delays the next fetch until it runs
 * out, no longer.
 */
@ApplicationScoped
class KeyRefresh {

  private static final Duration WRITING = Duration.ofSeconds(3);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final Database database;
  private final IssuerTable table;
  private final ProviderKeys provider;
  private final FetchedKeys fetched;
  private final Turns turns;
  private final OidcConfiguration configuration;
  private final Vertx vertx;

  KeyRefresh(
      Database database,
      IssuerTable table,
      ProviderKeys provider,
      FetchedKeys fetched,
      Turns turns,
      OidcConfiguration configuration,
      Vertx vertx) {
    this.database = database;
    this.table = table;
    this.provider = provider;
    this.fetched = fetched;
    this.turns = turns;
    this.configuration = configuration;
    this.vertx = vertx;
  }

  Uni<List<Due>> due() {
    return database.session(() -> table.due(Instant.now()));
  }

  /** Takes a turn for this issuer; empty when there is none, and it stays due. */
  Optional<Runnable> turn(Due due) {
    return turns.take(due.provider());
  }

  /** Fetches the keys of one issuer if that is still due. */
  Uni<Void> refresh(UUID id) {
    return database
        .transaction(() -> table.lock(id).map(issuer -> leaseIfDue(issuer)))
        .flatMap(claim -> claim instanceof Claim.Fetch go ? fetch(id, go) : done())
        .replaceWithVoid();
  }

  /**
   * Takes a fetch because a gateway met this key id, unless it is known by now, or the last fetch
   * is too recent.
   */
  Uni<Claim> claim(UUID id, String kid) {
    return database.transaction(() -> table.lock(id).map(issuer -> leaseFor(issuer, kid)));
  }

  /** Takes a fetch because somebody asks for it, unless one is going on. */
  Uni<Claim> claim(UUID id) {
    return database.transaction(() -> table.lock(id).map(issuer -> leaseUnlessLeased(issuer)));
  }

  /** A moment later: for who waits until a lease has ended, as each does. */
  Uni<Void> later() {
    return Uni.createFrom()
        .emitter(emitter -> vertx.setTimer(LOOK_AGAIN.toMillis(), id -> emitter.complete(null)));
  }

  /**
   * Fetches out of turn. Where too many are at it for the same tenant, the lease is given back and
   * it fails with {@link Unavailable}.
   */
  Uni<Long> fetchNow(UUID id, Claim.Fetch claim) {
    return turns
        .take(claim.provider())
        .map(turn -> fetch(id, claim).onTermination().invoke(turn))
        .orElseGet(() -> giveBack(id));
  }

  /** Fetches, tells the gateways if there is something to tell, and says the issuer's revision. */
  private Uni<Long> fetch(UUID id, Claim.Fetch claim) {
    return provider
        .of(claim.provider())
        .onFailure(FetchFailure.class)
        .call(failure -> database.transaction(() -> fetched.failed(id, failure)))
        .flatMap(answer -> database.transaction(() -> fetched.succeeded(id, answer)));
  }

  private Uni<Long> giveBack(UUID id) {
    return database
        .transaction(() -> table.lock(id).invoke(KeyRefresh::giveLeaseBack))
        .map(
            issuer -> {
              throw new Unavailable(
                  ErrorCode.SERVICE_UNAVAILABLE,
                  "Too many keys are being fetched at once, try again shortly");
            });
  }

  private static void giveLeaseBack(@Nullable Issuer issuer) {
    if (issuer != null) {
      issuer.giveLeaseBack();
    }
  }

  private Claim leaseIfDue(@Nullable Issuer issuer) {
    Instant now = Instant.now();
    if (issuer == null || !issuer.isDue(now)) {
      return new Claim.Busy();
    }
    return lease(issuer, now);
  }

  private Claim leaseUnlessLeased(@Nullable Issuer issuer) {
    Instant now = Instant.now();
    return required(issuer).isLeased(now) ? new Claim.Busy() : lease(required(issuer), now);
  }

  private Claim leaseFor(@Nullable Issuer found, String kid) {
    Issuer issuer = required(found);
    Instant now = Instant.now();
    if (issuer.told().keys().stream().anyMatch(key -> key.kid().equals(kid))) {
      return new Claim.Settled(issuer.revision);
    }
    if (issuer.isLeased(now)) {
      return new Claim.Busy();
    }
    Instant spareUntil = issuer.spareUntil(configuration.unknownKeyInterval());
    if (!spareUntil.isAfter(now)) {
      return lease(issuer, now);
    }
    issuer.fetchNoLaterThan(spareUntil);
    if (issuer.failures > 0) {
      throw providerDown();
    }
    return new Claim.Settled(issuer.revision);
  }

  private Claim lease(Issuer issuer, Instant now) {
    issuer.lease(now, provider.patience().plus(WRITING));
    return new Claim.Fetch(issuer.provider());
  }

  private static Issuer required(@Nullable Issuer issuer) {
    if (issuer == null) {
      throw new NotFound(ErrorCode.ISSUER_NOT_FOUND, "There is no such issuer");
    }
    return issuer;
  }

  private static Uni<Long> done() {
    return Uni.createFrom().item(0L);
  }

  static Unavailable providerDown() {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE,
        "The identity provider does not answer, so its keys are not known for sure");
  }

  /** What becomes of the wish to fetch. */
  sealed interface Claim {
    /** It is ours to do. */
    record Fetch(Provider provider) implements Claim {}

    /** Somebody is at it, or it is not due. */
    record Busy() implements Claim {}

    /** There is no need: this revision of the issuer answers it. */
    record Settled(long revision) implements Claim {}
  }
}
