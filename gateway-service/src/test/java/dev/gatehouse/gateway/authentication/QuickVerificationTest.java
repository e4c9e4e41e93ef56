package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.common.error.ErrorCode.AUDIENCE_MISMATCH;
import static dev.gatehouse.common.error.ErrorCode.SIGNATURE_INVALID;
import static dev.gatehouse.gateway.authentication.Scene.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tokens are verified where their request is read, and which elsewhere. */
class QuickVerificationTest {

  private static final UUID ANCHOR = Scene.anchorId("acme", TestKeys.RSA.getPublic());
  private static final KeyPair RSA_3072 = TestKeys.rsa(3072, 65537);
  private static final KeyPair RSA_4096 = TestKeys.rsa(4096, 65537);

  private final Scene scene = new Scene();
  private final TokenCache cache =
      new TokenCache(1000, Duration.ofHours(1), 1000, Duration.ofMinutes(1));
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> elsewhere = new ArrayList<>();
  private final VerificationPool pool =
      new VerificationPool(
          text -> {
            elsewhere.add(text);
            return scene.verifier.verify(text);
          },
          cache,
          1,
          200);
  private final Calm calm = new Calm(nanos::get);
  private final Authenticator authenticator =
      authenticator(new QuickVerification(scene.verifier::verifyQuickly, cache, calm, pool));
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();

  @AfterEach
  void stop() {
    authenticator.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void aGoodTokenIsAcceptedHereAndRemembered() {
    String token = Scene.token().token();

    assertThat(onLoop(authenticator, token)).isInstanceOf(Authentication.Accepted.class);

    assertThat(
            authenticator.cached(new Credentials.Token(token), scene.source.current(), Scene.NOW))
        .hasValueSatisfying(known -> assertThat(known).isInstanceOf(Authentication.Accepted.class));
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void aForgedOneIsRefusedHereAndRemembered() {
    String token = Scene.token().signedWith(new byte[256]);

    assertThat(onLoop(authenticator, token)).satisfies(is(SIGNATURE_INVALID));

    assertThat(
            authenticator.cached(new Credentials.Token(token), scene.source.current(), Scene.NOW))
        .hasValueSatisfying(is(SIGNATURE_INVALID));
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void whatIsKnownGoesFirstAndFewTokensHoldItUp() {
    AtomicInteger verified = new AtomicInteger();
    Verification counted =
        new QuickVerification(
            text -> {
              verified.incrementAndGet();
              return scene.verifier.verifyQuickly(text);
            },
            cache,
            calm,
            pool);
    List<Integer> before = new ArrayList<>();
    Promise<Void> asked = Promise.promise();
    List<Future<Outcome>> outcomes = new ArrayList<>();

    loop.runOnContext(
        now -> {
          for (int i = 0; i < 20; i++) {
            String token = Scene.token().claim("jti", "number " + i).token();
            outcomes.add(counted.verify(TokenHash.of(token), token));
          }
          before.add(verified.get());
          loop.runOnContext(next -> before.add(verified.get()));
          Future.all(outcomes).<Void>mapEmpty().onComplete(asked);
        });

    asked.future().toCompletionStage().toCompletableFuture().orTimeout(10, SECONDS).join();
    assertThat(before).containsExactly(0, 16);
    assertThat(verified).hasValue(20);
  }

  @Test
  void whoeverIsNotOnAnEventLoopIsServedElsewhere() {
    String token = Scene.token().token();

    assertThat(await(authenticator.authenticate(new Credentials.Token(token))))
        .isInstanceOf(Authentication.Accepted.class);

    assertThat(elsewhere).containsExactly(token);
  }

  @ParameterizedTest(name = "{0}, {2}")
  @MethodSource("keys")
  void onlyWhatTakesLongIsVerifiedElsewhere(
      String algorithm, KeyPair pair, String provider, boolean quick) {
    Scene here =
        new Scene(provider.equals("JDK") ? SignatureProvider.JDK : SignatureProvider.preferred())
            .change(trust -> trust.anchor(pair.getPublic(), "other"));
    String good = Scene.token(pair, algorithm, "other").token();
    String bad = Scene.token(pair, algorithm, "other").claim("aud", "somebody else").token();

    assertThat(here.verifier.verifyQuickly(good).isPresent()).isEqualTo(quick);
    assertThat(here.verifier.verifyQuickly(bad).isPresent()).isEqualTo(quick);
    assertThat(here.answer(good)).isInstanceOf(Authentication.Accepted.class);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of("RS256", TestKeys.RSA, "JDK", true),
        Arguments.of("PS512", TestKeys.RSA, "JDK", true),
        Arguments.of("RS256", RSA_3072, "JDK", true),
        Arguments.of("RS256", RSA_3072, "preferred", true),
        Arguments.of("RS256", RSA_4096, "preferred", false),
        Arguments.of("ES256", TestKeys.P256, "JDK", false),
        Arguments.of("ES256", TestKeys.P256, "preferred", true),
        Arguments.of("ES384", TestKeys.P384, "preferred", false),
        Arguments.of("ES512", TestKeys.P521, "preferred", false),
        Arguments.of("EdDSA", TestKeys.ED25519, "JDK", false),
        Arguments.of("EdDSA", TestKeys.ED25519, "preferred", true));
  }

  @Test
  void anAlgorithmThatIsNotOfItsKeyIsRefusedWhereverItIsLookedAt() {
    String kid = Scene.kid(TestKeys.P256.getPublic());
    String confused =
        Mint.with(TestKeys.RSA, "RS256")
            .header("kid", kid)
            .claim("sub", "tenant-other")
            .claim("aud", "gatehouse-local")
            .claim("iat", Scene.NOW.minusSeconds(60))
            .claim("exp", Scene.NOW.plusSeconds(60))
            .token();

    assertThat(onLoop(authenticator, confused)).satisfies(is(ErrorCode.ALGORITHM_REFUSED));
  }

  @Test
  void nothingIsSignedWithAKeyThatIsNone() {
    byte[] offTheCurve = TestKeys.P256.getPublic().getEncoded();
    offTheCurve[offTheCurve.length - 1] ^= 1;
    scene.change(
        trust ->
            trust.issuer(
                "https://broken.example/",
                issuer -> issuer.audiences("gatehouse-local").key("k", encoded(offTheCurve))));
    String token =
        Scene.accessToken().claim("iss", "https://broken.example/").header("kid", "k").token();

    assertThat(onLoop(authenticator, token)).satisfies(is(ErrorCode.ALGORITHM_REFUSED));
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void inAFloodOfForgedTokensAllAreVerifiedElsewhere() {
    for (int i = 0; i < Calm.MOST_REFUSALS; i++) {
      onLoop(authenticator, forged(i));
    }

    assertThat(elsewhere).isEmpty();
    String good = Scene.token().token();
    assertThat(onLoop(authenticator, forged(-1))).satisfies(is(SIGNATURE_INVALID));
    assertThat(onLoop(authenticator, good)).isInstanceOf(Authentication.Accepted.class);
    assertThat(elsewhere).containsExactly(forged(-1), good);
  }

  @Test
  void whatIsRefusedElsewhereCountsForTheFloodToo() {
    scene.change(trust -> trust.anchor(TestKeys.P384.getPublic(), "other"));
    for (int i = 0; i < Calm.MOST_REFUSALS; i++) {
      assertThat(onLoop(authenticator, slow(i))).satisfies(is(AUDIENCE_MISMATCH));
    }

    assertThat(elsewhere).hasSize(Calm.MOST_REFUSALS);
    onLoop(authenticator, Scene.token().token());
    assertThat(elsewhere).hasSize(Calm.MOST_REFUSALS + 1);
  }

  @Test
  void aKeyThatHasToBeAskedForIsSoElsewhere() {
    scene.unknownKeys = UnknownKeys.Verdict.PENDING;
    String token = Scene.accessToken().header("kid", "new").token();

    assertThat(onLoop(authenticator, token)).satisfies(is(ErrorCode.KEY_PENDING));
    assertThat(elsewhere).containsExactly(token);
  }

  @Test
  void aKeyThatIsRemovedMeanwhileLetsNothingThrough() {
    AtomicBoolean removed = new AtomicBoolean();
    QuickVerification slowly =
        new QuickVerification(
            text -> {
              Optional<Outcome> verified = scene.verifier.verifyQuickly(text);
              if (removed.compareAndSet(false, true)) {
                scene.change(trust -> trust.withoutAnchor(ANCHOR));
              }
              return verified;
            },
            cache,
            calm,
            pool);
    Authenticator racing = authenticator(slowly);
    String token = Scene.token().token();

    assertThat(onLoop(racing, token)).satisfies(is(ErrorCode.KEY_UNKNOWN));
    assertThat(racing.cached(new Credentials.Token(token), scene.source.current(), Scene.NOW))
        .hasValueSatisfying(is(ErrorCode.KEY_UNKNOWN));
  }

  @Test
  void aBugIsAFailureAndNoAnswer() {
    Verification broken =
        new QuickVerification(
            text -> {
              throw new IllegalStateException("a bug");
            },
            cache,
            calm,
            pool);

    Promise<Throwable> failure = Promise.promise();
    loop.runOnContext(
        now ->
            broken
                .verify(TokenHash.of("a.b.c"), "a.b.c")
                .onComplete(result -> failure.complete(result.cause())));

    assertThat(failure.future().toCompletionStage().toCompletableFuture())
        .succeedsWithin(10, SECONDS)
        .isInstanceOf(IllegalStateException.class);
  }

  private Authenticator authenticator(Verification verification) {
    return new Authenticator(
        scene.source, cache, verification, new VerificationMetrics(scene.meters, () -> Double.NaN));
  }

  private Authentication onLoop(Authenticator asked, String token) {
    Promise<Authentication> answer = Promise.promise();
    loop.runOnContext(now -> asked.authenticate(new Credentials.Token(token)).onComplete(answer));
    return await(answer.future());
  }

  private static PublicKey encoded(byte[] spki) {
    return new PublicKey() {
      @Override
      public String getAlgorithm() {
        return "EC";
      }

      @Override
      public String getFormat() {
        return "X.509";
      }

      @Override
      public byte[] getEncoded() {
        return spki;
      }
    };
  }

  private static String forged(int number) {
    return Scene.token().claim("jti", "forged " + number).signedWith(new byte[256]);
  }

  private static String slow(int number) {
    return Scene.token(TestKeys.P384, "ES384", "other")
        .claim("aud", "somebody else")
        .claim("jti", "slow " + number)
        .token();
  }

  private static Consumer<Authentication> is(ErrorCode code) {
    return answer ->
        assertThat(answer)
            .isInstanceOfSatisfying(
                Authentication.Refused.class,
                refused -> assertThat(refused.code()).isEqualTo(code));
  }
}
