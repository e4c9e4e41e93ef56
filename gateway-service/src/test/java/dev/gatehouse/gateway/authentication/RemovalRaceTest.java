package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.anchorId;
import static dev.gatehouse.gateway.authentication.Scene.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.vertx.core.Future;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A removal and a verification at the same time, in every order that there is. */
class RemovalRaceTest {

  private static final UUID ANCHOR = anchorId("acme", TestKeys.RSA.getPublic());

  private final Scene scene = new Scene();
  private final AtomicBoolean removed = new AtomicBoolean();
  private final String token = Scene.token().token();

  @Test
  void aKeyThatIsRemovedWhileItsSignatureIsCheckedLetsNothingThrough() {
    TokenVerifier verifier =
        new TokenVerifier(
            scene.source,
            (issuer, kid) -> UnknownKeys.Verdict.UNKNOWN,
            scene.rules,
            new Signatures(
                name -> {
                  removeAnchor();
                  return SignatureProvider.JDK.open(name);
                }));
    Authenticator authenticator = scene.authenticator(verifier::verify, 1, 1);

    Authentication answer = await(authenticator.authenticate(new Credentials.Token(token)));

    assertThat(answer).satisfies(this::isRefused);
    assertThat(cached(authenticator)).hasValueSatisfying(this::isRefused);
  }

  @Test
  void aKeyThatIsRemovedBetweenTheCheckAndTheMemoryLetsNothingThrough() {
    Authenticator authenticator =
        scene.authenticator(
            text -> {
              Outcome verified = scene.verifier.verify(text);
              removeAnchor();
              return verified;
            },
            1,
            1);

    Authentication answer = await(authenticator.authenticate(new Credentials.Token(token)));

    assertThat(answer).satisfies(this::isRefused);
    assertThat(cached(authenticator)).hasValueSatisfying(this::isRefused);
  }

  @Test
  void aRequestAfterTheRemovalDoesNotProfitFromAVerificationThatBeganBefore() throws Exception {
    CountDownLatch verified = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Authenticator authenticator =
        scene.authenticator(
            text -> {
              Outcome outcome = scene.verifier.verify(text);
              verified.countDown();
              awaitQuietly(goOn);
              return outcome;
            },
            1,
            1);
    Future<Authentication> before = authenticator.authenticate(new Credentials.Token(token));
    verified.await();
    removeAnchor();
    Future<Authentication> after = authenticator.authenticate(new Credentials.Token(token));

    goOn.countDown();

    assertThat(await(after)).satisfies(this::isRefused);
    assertThat(await(before)).satisfies(this::isRefused);
  }

  @Test
  void aRequestAfterAnAdditionDoesNotSufferFromAVerificationThatBeganBefore() throws Exception {
    Trust complete = scene.source.current();
    removeAnchor();
    CountDownLatch verified = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    Authenticator authenticator =
        scene.authenticator(
            text -> {
              Outcome outcome = scene.verifier.verify(text);
              verified.countDown();
              awaitQuietly(goOn);
              return outcome;
            },
            1,
            1);
    Future<Authentication> before = authenticator.authenticate(new Credentials.Token(token));
    verified.await();
    scene.change(trust -> trust.anchor(complete.anchors().byKid(kid()).get(0)));
    Future<Authentication> after = authenticator.authenticate(new Credentials.Token(token));

    goOn.countDown();

    assertThat(await(after)).isInstanceOf(Authentication.Accepted.class);
    assertThat(await(before)).isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void trustThatNeverRestsIsATroubleOfOurs() {
    Authenticator authenticator =
        scene.authenticator(
            text -> {
              Outcome outcome = scene.verifier.verify(text);
              scene.change(trust -> trust.anchor(TestKeys.RSA.getPublic(), "acme"));
              return outcome;
            },
            1,
            1);

    Authentication answer = await(authenticator.authenticate(new Credentials.Token(token)));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TRUST_UNAVAILABLE));
  }

  /**
   * Whoever sees the same trust before and after asking must have got the answer of that trust:
   * what was removed before is refused, what is there is accepted.
   */
  @Test
  void answersUnderConstantChangeAreThoseOfTheTrustOfTheirTime() throws Exception {
    List<KeyPair> keys = List.of(TestKeys.P256, TestKeys.OTHER_P256, TestKeys.ED25519);
    List<String> tokens = new ArrayList<>();
    for (KeyPair key : keys) {
      String algorithm = key == TestKeys.ED25519 ? "EdDSA" : "ES256";
      tokens.add(Scene.token(key, algorithm, "other").token());
      tokens.add(Scene.token(key, algorithm, "other").claim("jti", "second").token());
    }
    Authenticator authenticator = scene.authenticator();
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger comparable = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    AtomicLong seeds = new AtomicLong(42);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<java.util.concurrent.Future<?>> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(
          threads.submit(
              () -> {
                SplittableRandom random = new SplittableRandom(seeds.getAndIncrement());
                while (!stop.get()) {
                  int which = random.nextInt(tokens.size());
                  Trust before = scene.source.current();
                  Authentication answer = ask(authenticator, tokens.get(which), before);
                  if (scene.source.current().generation() == before.generation()) {
                    boolean trusted = isTrusted(before, keys.get(which / 2));
                    assertThat(answer instanceof Authentication.Accepted).isEqualTo(trusted);
                    comparable.incrementAndGet();
                    accepted.addAndGet(trusted ? 1 : 0);
                  }
                }
              }));
    }
    running.add(threads.submit(() -> change(keys, stop)));

    for (java.util.concurrent.Future<?> each : running) {
      each.get();
    }

    threads.shutdown();
    assertThat(accepted.get()).isGreaterThan(100);
    assertThat(comparable.get() - accepted.get()).isGreaterThan(100);
  }

  private void change(List<KeyPair> keys, AtomicBoolean stop) {
    SplittableRandom random = new SplittableRandom(7);
    try {
      for (int i = 0; i < 1500; i++) {
        KeyPair key = keys.get(random.nextInt(keys.size()));
        UUID id = anchorId("other", key.getPublic());
        switch (random.nextInt(4)) {
          case 0, 1 -> scene.change(trust -> trust.withoutAnchor(id));
          case 2 -> scene.change(trust -> trust.anchor(key.getPublic(), "other"));
          default -> scene.change(trust -> trust.tenants("unrelated"));
        }
        long until = System.nanoTime() + random.nextInt(1_000_000);
        while (System.nanoTime() < until) {
          Thread.onSpinWait();
        }
      }
    } finally {
      stop.set(true);
    }
  }

  private static boolean isTrusted(Trust trust, KeyPair key) {
    return !trust.anchors().byKid(Scene.kid(key.getPublic())).isEmpty();
  }

  private static Authentication ask(Authenticator authenticator, String token, Trust trust) {
    return authenticator
        .cached(new Credentials.Token(token), trust, NOW)
        .orElseGet(() -> await(authenticator.authenticate(new Credentials.Token(token))));
  }

  private Optional<Authentication> cached(Authenticator authenticator) {
    return authenticator.cached(new Credentials.Token(token), scene.source.current(), NOW);
  }

  private void removeAnchor() {
    if (removed.compareAndSet(false, true)) {
      scene.change(trust -> trust.withoutAnchor(ANCHOR));
    }
  }

  private void isRefused(Authentication answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.KEY_UNKNOWN));
  }

  private static String kid() {
    return Scene.kid(TestKeys.RSA.getPublic());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
