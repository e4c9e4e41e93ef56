package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.common.error.ErrorCode.KEY_PENDING;
import static dev.gatehouse.common.error.ErrorCode.KEY_UNKNOWN;
import static dev.gatehouse.common.error.ErrorCode.OVERLOADED;
import static dev.gatehouse.common.error.ErrorCode.SIGNATURE_INVALID;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_MALFORMED;
import static dev.gatehouse.common.error.ErrorCode.TRUST_UNAVAILABLE;
import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.accessToken;
import static dev.gatehouse.gateway.authentication.Scene.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.trust.Anchor;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticatorTest {

  private final Scene scene = new Scene();
  private final AtomicInteger verifications = new AtomicInteger();
  private final Authenticator authenticator =
      scene.authenticator(
          text -> {
            verifications.incrementAndGet();
            return scene.verifier.verify(text);
          },
          2,
          100);
  private final String token = Scene.token().token();

  @AfterEach
  void stop() {
    authenticator.close();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 1", "3, 1", "4, 2", "64, 32"})
  void verifyingNeverTakesMoreThanHalfOfTheProcessors(int processors, int threads) {
    assertThat(Authenticator.threads(processors)).isEqualTo(threads);
  }

  @Test
  void anUnseenTokenIsNotAnsweredFromMemory() {
    assertThat(cached(token)).isEmpty();
  }

  @Test
  void thatAKeyIsUsedIsNotedToTheMinuteForAcceptedTokensOnly() {
    Anchor anchor =
        scene.source.current().anchors().byKid(Scene.kid(TestKeys.RSA.getPublic())).get(0);
    ask(Scene.token().signedWith(new byte[256]));
    ask(Scene.token().claim("aud", "x").token());
    assertThat(anchor.lastUsed()).isEmpty();

    ask(token);
    assertThat(anchor.lastUsed()).contains(NOW);

    Instant later = NOW.plusSeconds(60);
    assertThat(
            authenticator.cached(
                new Credentials.Token(token), scene.source.current(), later.minusSeconds(1)))
        .isPresent();
    assertThat(anchor.lastUsed()).contains(NOW);
    assertThat(authenticator.cached(new Credentials.Token(token), scene.source.current(), later))
        .isPresent();
    assertThat(anchor.lastUsed()).contains(later);
  }

  @Test
  void aBadTokenIsLookedAtOnce() {
    assertThat(ask("a.b.c")).satisfies(is(TOKEN_MALFORMED));
    assertThat(ask("a.b.c")).satisfies(is(TOKEN_MALFORMED));

    assertThat(verifications).hasValue(1);
  }

  @Test
  void aBadSignatureIsLookedAtAgainOnlyAfterTheTrustHasChanged() {
    String forged = Scene.token().signedWith(new byte[256]);
    ask(forged);
    ask(forged);
    assertThat(verifications).hasValue(1);

    scene.change(trust -> trust.tenants("unrelated"));

    assertThat(ask(forged)).satisfies(is(SIGNATURE_INVALID));
    assertThat(verifications).hasValue(2);
  }

  @Test
  void aTokenThatIsTooLongIsNotEvenHashed() {
    assertThat(cached("a".repeat(8193))).hasValueSatisfying(is(TOKEN_MALFORMED));
    assertThat(await(authenticator.authenticate(new Credentials.Token("a".repeat(8193)))))
        .satisfies(is(TOKEN_MALFORMED));
    assertThat(verifications).hasValue(0);
  }

  @Test
  void anUnknownKeyOfAKnownIssuerIsPendingUntilItHasBeenLookedFor() {
    String token = accessToken().header("kid", "new").token();
    scene.unknownKeys = UnknownKeys.Verdict.PENDING;
    assertThat(ask(token)).satisfies(is(KEY_PENDING));

    scene.unknownKeys = UnknownKeys.Verdict.UNKNOWN;

    assertThat(ask(token)).satisfies(is(KEY_UNKNOWN));
  }

  @Test
  void staleTrustAnswersNobody() {
    ask(token);

    scene.source.stale(true);

    assertThat(cached(token)).hasValueSatisfying(is(TRUST_UNAVAILABLE));
    assertThat(await(authenticator.authenticate(new Credentials.Token(token))))
        .satisfies(is(TRUST_UNAVAILABLE));
  }

  @Test
  void aGatewayThatKnowsNothingYetAnswersNobody() {
    scene.source.ready(false);

    assertThat(await(authenticator.authenticate(new Credentials.Token(token))))
        .satisfies(is(TRUST_UNAVAILABLE));
  }

  @Test
  void manyRequestsShareOneVerificationAndTooManyTokensAreTurnedAway() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Authenticator narrow =
        scene.authenticator(
            text -> {
              verifications.incrementAndGet();
              busy.countDown();
              awaitQuietly(goOn);
              return scene.verifier.verify(text);
            },
            1,
            1);
    List<Future<Authentication>> same = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      same.add(narrow.authenticate(new Credentials.Token(token)));
    }
    busy.await();
    Future<Authentication> waits =
        narrow.authenticate(new Credentials.Token(Scene.token().claim("jti", "2").token()));
    Future<Authentication> tooMuch =
        narrow.authenticate(new Credentials.Token(Scene.token().claim("jti", "3").token()));

    assertThat(await(tooMuch)).satisfies(is(OVERLOADED));
    goOn.countDown();
    same.forEach(answer -> assertThat(await(answer)).isInstanceOf(Authentication.Accepted.class));
    assertThat(await(waits)).isInstanceOf(Authentication.Accepted.class);
    assertThat(verifications).hasValue(2);
    narrow.close();
  }

  @Test
  void theAnswerComesOnTheCallersContext() {
    Vertx vertx = Vertx.vertx();
    Promise<Boolean> same = Promise.promise();
    Context context = vertx.getOrCreateContext();

    context.runOnContext(
        start ->
            authenticator
                .authenticate(new Credentials.Token(token))
                .onComplete(answer -> same.complete(Vertx.currentContext() == context)));

    assertThat(same.future().toCompletionStage().toCompletableFuture())
        .succeedsWithin(Duration.ofSeconds(10))
        .isEqualTo(true);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void answersAreCountedByResult() {
    ask(token);
    ask(token);
    ask("a.b.c");

    assertThat(count("accepted", "false")).isEqualTo(1);
    assertThat(count("accepted", "true")).isEqualTo(1);
    assertThat(count("token_malformed", "false")).isEqualTo(1);
  }

  @Test
  void theEarliestExpiryOfTheTokensInUseIsShown() {
    Instant soon = NOW.plusSeconds(100);
    assertThat(earliestExpiry()).isNaN();
    ask(token);
    ask(Scene.token().claim("exp", soon).token());

    assertThat(earliestExpiry()).isEqualTo((double) soon.getEpochSecond());
    scene.source.now(soon);
    assertThat(earliestExpiry()).isEqualTo((double) NOW.plusSeconds(3600).getEpochSecond());
  }

  private Authentication ask(String token) {
    return cached(token)
        .orElseGet(() -> await(authenticator.authenticate(new Credentials.Token(token))));
  }

  private Optional<Authentication> cached(String token) {
    return authenticator.cached(
        new Credentials.Token(token), scene.source.current(), scene.source.now());
  }

  private double count(String result, String cached) {
    return scene
        .meters
        .get("gatehouse.token.verifications")
        .tags("result", result, "cached", cached)
        .counter()
        .count();
  }

  private double earliestExpiry() {
    return scene.meters.get("gatehouse.token.earliest.expiry.seconds").gauge().value();
  }

  private static Consumer<Authentication> is(ErrorCode code) {
    return answer ->
        assertThat(answer)
            .isInstanceOfSatisfying(
                Authentication.Refused.class, no -> assertThat(no.code()).isEqualTo(code));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
