package dev.gatehouse.key.issuer;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.feed.server.Feed;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.issuer.ProviderKeys.Answer;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of issuers. A lease in the issuer's row keeps replicas from doing it at once; a
 * replica that dies with the lease delays the next fetch until it runs out, no longer.
 */
@ApplicationScoped
class KeyRefresh {

  private static final Logger LOG = Logger.getLogger(KeyRefresh.class);

  /** How often the gateways hear that the same keys are still good. */
  static final Duration RETELL = Duration.ofHours(1);

  private static final Duration WRITING = Duration.ofSeconds(3);
  private static final int LOG_EVERY = 60;

  private final Database database;
  private final IssuerTable table;
  private final Feed feed;
  private final ProviderKeys provider;
  private final OidcConfiguration configuration;

  KeyRefresh(
      Database database,
      IssuerTable table,
      Feed feed,
      ProviderKeys provider,
      OidcConfiguration configuration) {
    this.database = database;
    this.table = table;
    this.feed = feed;
    this.provider = provider;
    this.configuration = configuration;
  }

  Uni<List<UUID>> due() {
    return database.session(() -> table.due(Instant.now()));
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

  /** Fetches, tells the gateways if there is something to tell, and says the issuer's revision. */
  Uni<Long> fetch(UUID id, Claim.Fetch claim) {
    return provider
        .of(claim.url())
        .onFailure(FetchFailure.class)
        .call(failure -> database.transaction(() -> failed(id, failure)))
        .flatMap(answer -> database.transaction(() -> succeeded(id, answer)));
  }

  private Claim leaseIfDue(@Nullable Issuer issuer) {
    Instant now = Instant.now();
    if (issuer == null || !issuer.isDue(now)) {
      return new Claim.Busy();
    }
    return lease(issuer, now);
  }

  private Claim leaseFor(@Nullable Issuer issuer, String kid) {
    if (issuer == null) {
      throw new NotFound(ErrorCode.ISSUER_NOT_FOUND, "There is no such issuer");
    }
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
    return new Claim.Fetch(issuer.url);
  }

  private Uni<Long> succeeded(UUID id, Answer answer) {
    return table
        .lock(id)
        .flatMap(
            issuer ->
                issuer == null
                    ? Uni.createFrom().<Long>failure(gone())
                    : tell(issuer, answer).map(told -> issuer.revision));
  }

  private Uni<Void> tell(Issuer issuer, Answer answer) {
    Instant now = Instant.now();
    if (issuer.failures > 0) {
      LOG.infof("The keys of the issuer %s could be fetched again", issuer.name);
    }
    issuer.fetched(now.plus(answer.freshFor()));
    IssuerEntry told = issuer.told();
    List<TrustedKey> keys = answer.jwks().keys();
    boolean changed = !told.keys().equals(keys);
    if (!changed && told.keysAsOf().map(asOf -> isRecent(asOf, now)).orElse(false)) {
      return Uni.createFrom().voidItem();
    }
    if (changed) {
      logChange(issuer, answer.jwks());
    }
    return feed.append(issuer.tell(Entries.withKeys(told, keys, now)))
        .invoke(revision -> issuer.revision = revision.value())
        .replaceWithVoid();
  }

  private Uni<Void> failed(UUID id, Throwable failure) {
    return table
        .lock(id)
        .invoke(
            issuer -> {
              if (issuer != null) {
                issuer.failed(Instant.now());
                logFailure(issuer, failure);
              }
            })
        .replaceWithVoid();
  }

  private static boolean isRecent(long asOf, Instant now) {
    return Instant.ofEpochSecond(asOf).plus(RETELL).isAfter(now);
  }

  private static void logChange(Issuer issuer, Jwks jwks) {
    LOG.infof(
        "The issuer %s has %d usable keys now, %d were passed by%s",
        issuer.name,
        jwks.keys().size(),
        jwks.skipped().size(),
        jwks.skipped().isEmpty() ? "" : ": " + String.join("; ", jwks.skipped()));
  }

  private static void logFailure(Issuer issuer, Throwable failure) {
    if (issuer.failures % LOG_EVERY == 1) {
      LOG.warnf(
          "The keys of the issuer %s cannot be fetched, those that are known stay good: %s",
          issuer.name, failure.getMessage());
    }
  }

  private static Uni<Long> done() {
    return Uni.createFrom().item(0L);
  }

  private static NotFound gone() {
    return new NotFound(ErrorCode.ISSUER_NOT_FOUND, "The issuer was removed meanwhile");
  }

  static Unavailable providerDown() {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE,
        "The identity provider does not answer, so its keys are not known for sure");
  }

  /** What becomes of the wish to fetch. */
  sealed interface Claim {
    /** It is ours to do. */
    record Fetch(String url) implements Claim {}

    /** Somebody is at it, or it is not due. */
    record Busy() implements Claim {}

    /** There is no need: this revision of the issuer answers it. */
    record Settled(long revision) implements Claim {}
  }
}
