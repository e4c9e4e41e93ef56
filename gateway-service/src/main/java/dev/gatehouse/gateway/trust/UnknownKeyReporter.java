package dev.gatehouse.gateway.trust;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reports at most one key id of an issuer at a time, and none sooner than {@link #PAUSE} after the
 * one before: whatever a flood of made-up ids does, one report in that time makes the key-service
 * look, and the keys of all tokens come with it.
 */
final class UnknownKeyReporter implements UnknownKeys {

  static final Duration PAUSE = Duration.ofSeconds(1);

  /** For how long a key id counts as unknown without asking again. */
  static final Duration REMEMBERED = Duration.ofSeconds(30);

  private static final Logger LOG = Logger.getLogger(UnknownKeyReporter.class);
  private static final int MAX_ANSWERS = 10_000;
  private static final int MAX_ISSUERS = 10_000;
  private static final int MAX_KID = 1_024;

  /** Sends one report; completes with the revision after which the answer is known. */
  interface Sender {
    Future<Long> send(UUID issuer, String kid);
  }

  private final TrustSource trust;
  private final Sender sender;
  private final Ticker ticker;
  private final Cache<Question, Long> answers;
  private final Cache<UUID, Reports> reports;

  UnknownKeyReporter(TrustSource trust, Sender sender, Ticker ticker) {
    this.trust = trust;
    this.sender = sender;
    this.ticker = ticker;
    this.answers =
        Caffeine.newBuilder()
            .maximumSize(MAX_ANSWERS)
            .expireAfterWrite(REMEMBERED)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
    this.reports = Caffeine.newBuilder().maximumSize(MAX_ISSUERS).executor(Runnable::run).build();
  }

  @Override
  public Verdict report(Issuer issuer, String kid) {
    if (kid.length() > MAX_KID) {
      return Verdict.UNKNOWN;
    }
    Question question = new Question(issuer.id(), kid);
    Long revision = answers.getIfPresent(question);
    if (revision != null) {
      return trust.keysRevision() >= revision && isUnknown(question)
          ? Verdict.UNKNOWN
          : Verdict.PENDING;
    }
    Reports ofIssuer = reports.get(issuer.id(), id -> new Reports());
    if (ofIssuer.begin(ticker.read())) {
      send(question, ofIssuer);
    }
    return Verdict.PENDING;
  }

  private void send(Question question, Reports ofIssuer) {
    sender
        .send(question.issuer(), question.kid())
        .onSuccess(revision -> answers.put(question, revision))
        .onFailure(
            failure -> LOG.debugf("A key id could not be reported: %s", failure.getMessage()))
        .onComplete(any -> ofIssuer.end(ticker.read()));
  }

  /** Whoever asks may have looked before the newest change came. */
  private boolean isUnknown(Question question) {
    Issuer issuer = trust.current().issuers().byId(question.issuer());
    return issuer == null || issuer.key(question.kid()).isEmpty();
  }

  private record Question(UUID issuer, String kid) {}

  /** Of one issuer. */
  private static final class Reports {
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile @Nullable Long endedAt;

    boolean begin(long now) {
      return !isTooSoon(now) && underWay.compareAndSet(false, true);
    }

    void end(long now) {
      endedAt = now;
      underWay.set(false);
    }

    private boolean isTooSoon(long now) {
      Long last = endedAt;
      return last != null && now - last < PAUSE.toNanos();
    }
  }
}
