package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
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

/** Writes down how a fetch went, in the transaction of its caller, and tells the gateways. */
@ApplicationScoped
class FetchedKeys {

  private static final Logger LOG = Logger.getLogger(FetchedKeys.class);

  /** How often the gateways hear that the same keys are still good. */
  static final Duration RETELL = Duration.ofHours(1);

  private static final int LOG_EVERY = 60;

  private final IssuerTable table;
  private final Feed feed;

  FetchedKeys(IssuerTable table, Feed feed) {
    this.table = table;
    this.feed = feed;
  }

  /** Tells the gateways if there is something to tell, and says the issuer's revision. */
  Uni<Long> succeeded(UUID id, Answer answer) {
    return table
        .lock(id)
        .flatMap(
            issuer ->
                issuer == null
                    ? Uni.createFrom().<Long>failure(gone())
                    : tell(issuer, answer).map(told -> issuer.revision));
  }

  Uni<Void> failed(UUID id, FetchFailure failure) {
    return table.lock(id).invoke(issuer -> note(issuer, failure)).replaceWithVoid();
  }

  private Uni<Void> tell(Issuer issuer, Answer answer) {
    Instant now = Instant.now();
    if (issuer.failures > 0) {
      LOG.infof("The keys of the issuer %s could be fetched again", name(issuer));
    }
    List<TrustedKey> keys = answer.jwks().keys();
    issuer.fetched(now.plus(answer.freshFor()), !keys.isEmpty());
    IssuerEntry told = issuer.told();
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

  private static void note(@Nullable Issuer issuer, FetchFailure failure) {
    if (issuer == null) {
      return;
    }
    issuer.failed(Instant.now(), failure.reason());
    if (issuer.failures % LOG_EVERY == 1) {
      LOG.warnf(
          "The keys of the issuer %s cannot be fetched, those that are known stay good: %s",
          name(issuer), failure.getMessage());
    }
  }

  private static boolean isRecent(long asOf, Instant now) {
    return Instant.ofEpochSecond(asOf).plus(RETELL).isAfter(now);
  }

  private static void logChange(Issuer issuer, Jwks jwks) {
    LOG.infof(
        "The issuer %s has %d usable keys now, %d were passed by%s",
        name(issuer),
        jwks.keys().size(),
        jwks.skipped().size(),
        jwks.skipped().isEmpty() ? "" : ": " + String.join("; ", jwks.skipped()));
  }

  private static String name(Issuer issuer) {
    return issuer.isConfigured() ? issuer.name : issuer.name + " of " + issuer.owner;
  }

  private static NotFound gone() {
    return new NotFound(ErrorCode.ISSUER_NOT_FOUND, "The issuer was removed meanwhile");
  }
}
