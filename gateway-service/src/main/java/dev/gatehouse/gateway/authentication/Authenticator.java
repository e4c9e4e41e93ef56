package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustSource;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says who has sent a token. First {@link #cached}, which is quick enough for an event loop; only
 * where that knows nothing, {@link #authenticate}.
 */
public final class Authenticator {

  /** How often a token is verified again because the trust has changed meanwhile. */
  private static final int ATTEMPTS = 3;

  private static final Duration MAX_SKEW = Duration.ofMinutes(5);

  private static final Authentication.Refused NO_TRUST =
      new Authentication.Refused(
          ErrorCode.TRUST_UNAVAILABLE, "What this gateway knows is too old to be trusted");
  private static final Authentication.Refused UNSETTLED =
      new Authentication.Refused(
          ErrorCode.TRUST_UNAVAILABLE, "The trusted keys change too quickly at this moment");
  private static final Authentication.Refused TOO_LONG =
      new Authentication.Refused(
          ErrorCode.TOKEN_MALFORMED,
          "The token is longer than " + TokenParser.MAX_TOKEN + " characters");

  private final TrustSource trusted;
  private final TokenCache cache;
  private final Verification verification;
  private final VerificationMetrics metrics;

  /**
   * Puts one together.
   *
   * @param instance the deployment, which tenant tokens name as their audience
   */
  public static Authenticator create(
      TrustSource trusted,
      UnknownKeys unknownKeys,
      Instance instance,
      AuthenticationSettings settings,
      MeterRegistry registry) {
    Duration skew = settings.clockSkew();
    if (skew.isNegative() || skew.compareTo(MAX_SKEW) > 0) {
      throw new IllegalStateException(
          "gatehouse.authentication.clock-skew must be 0s to 300s: set the clocks instead");
    }
    TokenCache cache =
        new TokenCache(
            settings.cacheEntries(),
            settings.cacheIdle(),
            settings.refusedEntries(),
            settings.refusedFor());
    TokenVerifier verifier =
        new TokenVerifier(
            trusted,
            unknownKeys,
            new TokenRules(instance, skew),
            new Signatures(SignatureProvider.preferred()));
    VerificationPool pool =
        new VerificationPool(
            verifier::verify,
            cache,
            settings.threads().orElse(threads(Runtime.getRuntime().availableProcessors())),
            settings.queue());
    return new Authenticator(
        trusted,
        cache,
        new QuickVerification(verifier::verifyQuickly, cache, new Calm(System::nanoTime), pool),
        new VerificationMetrics(registry, () -> cache.earliestExpiry(trusted.now())));
  }

  /**
   * Half of the processors, so that a flood of tokens that have to be verified leaves the other
   * half to the event loops; with a quick provider one verifies more than 10,000 a second.
   */
  static int threads(int processors) {
    return Math.max(1, processors / 2);
  }

  Authenticator(
      TrustSource trusted,
      TokenCache cache,
      Verification verification,
      VerificationMetrics metrics) {
    this.trusted = trusted;
    this.cache = cache;
    this.verification = verification;
    this.metrics = metrics;
  }

  /**
   * The answer where no signature needs to be checked. Never blocks.
   *
   * @param trust what the whole request is decided by
   */
  public Optional<Authentication> cached(Credentials.Token token, Trust trust, Instant now) {
    Authentication.Refused unfit = unfit(token);
    Optional<Authentication> answer =
        unfit == null ? cache.answer(token.hash(), trust, now) : Optional.of(unfit);
    if (answer.isPresent()) {
      metrics.countCached(answer.get());
      noteUse(answer.get(), now);
    }
    return answer;
  }

  /**
   * Verifies a token and answers on the caller's Vert.x context later, by the trust of that moment.
   * A future that fails means a bug of ours, not a bad token.
   */
  public Future<Authentication> authenticate(Credentials.Token token) {
    Authentication.Refused unfit = unfit(token);
    Future<Authentication> answer =
        unfit == null
            ? attempt(token.hash(), token.value(), ATTEMPTS)
            : Future.succeededFuture(unfit);
    return onCallersContext(answer.onSuccess(metrics::countVerified));
  }

  void close() {
    verification.close();
  }

  private Future<Authentication> attempt(TokenHash hash, String token, int attemptsLeft) {
    return verification
        .verify(hash, token)
        .compose(outcome -> settled(outcome, hash, token, attemptsLeft - 1));
  }

  /**
   * Several requests share one verification, and the last of them may have come after a change that
   * the verification has not seen. So each outcome is held against the trust of the moment.
   */
  private Future<Authentication> settled(
      Outcome outcome, TokenHash hash, String token, int attemptsLeft) {
    Instant now = trusted.now();
    Optional<Authentication> answer = outcome.under(trusted.current(), now);
    if (answer.isPresent()) {
      noteUse(answer.get(), now);
      return Future.succeededFuture(answer.get());
    }
    return attemptsLeft > 0
        ? attempt(hash, token, attemptsLeft)
        : Future.succeededFuture(UNSETTLED);
  }

  private static void noteUse(Authentication answer, Instant now) {
    if (answer instanceof Authentication.Accepted accepted
        && accepted.identity().anchor().isPresent()) {
      accepted.identity().anchor().get().used(now.getEpochSecond());
    }
  }

  private Authentication.@Nullable Refused unfit(Credentials.Token token) {
    if (trusted.stale() || !trusted.ready()) {
      return NO_TRUST;
    }
    return token.value().length() > TokenParser.MAX_TOKEN ? TOO_LONG : null;
  }

  /** Without a detour where the answer comes on the caller's event loop. */
  private static Future<Authentication> onCallersContext(Future<Authentication> answer) {
    ContextInternal context = (ContextInternal) Vertx.currentContext();
    if (context == null) {
      return answer;
    }
    Promise<Authentication> there = Promise.promise();
    answer.onComplete(result -> context.emit(result, there));
    return there.future();
  }
}
