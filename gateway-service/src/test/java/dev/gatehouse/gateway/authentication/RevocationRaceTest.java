package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A revocation and a verification at the same time. */
class RevocationRaceTest {

  private static final UUID REVOCATION = new UUID(7, 7);

  private final Scene scene = new Scene();
  private final AtomicBoolean revoked = new AtomicBoolean();
  private final String token = Scene.token().claim("jti", "j1").token();

  @Test
  void aTokenThatIsRevokedWhileItsSignatureIsCheckedIsRefused() {
    TokenVerifier verifier =
        new TokenVerifier(
            scene.source,
            (issuer, kid) -> UnknownKeys.Verdict.UNKNOWN,
            scene.rules,
            new Signatures(
                name -> {
                  revoke();
                  return SignatureProvider.JDK.open(name);
                }));
    Authenticator authenticator = scene.authenticator(verifier::verify, 1, 1);

    Authentication answer = await(authenticator.authenticate(new Credentials.Token(token)));

    assertThat(answer).satisfies(this::isRevoked);
    assertThat(cached(authenticator)).hasValueSatisfying(this::isRevoked);
  }

  @Test
  void aTokenThatIsRevokedBetweenItsVerificationAndItsUseIsRefused() throws Exception {
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
    revoke();
    Future<Authentication> after = authenticator.authenticate(new Credentials.Token(token));

    goOn.countDown();

    assertThat(await(before)).satisfies(this::isRevoked);
    assertThat(await(after)).satisfies(this::isRevoked);
  }

  @Test
  void aTokenThatIsRememberedIsRefusedFromTheRevocationOnAndAcceptedWhenItIsTakenBack() {
    Authenticator authenticator = scene.authenticator();
    assertThat(await(authenticator.authenticate(new Credentials.Token(token))))
        .isInstanceOf(Authentication.Accepted.class);
    assertThat(cached(authenticator)).containsInstanceOf(Authentication.Accepted.class);

    revoke();
    assertThat(cached(authenticator)).isEmpty();
    assertThat(await(authenticator.authenticate(new Credentials.Token(token))))
        .satisfies(this::isRevoked);
    assertThat(cached(authenticator)).hasValueSatisfying(this::isRevoked);

    scene.change(trust -> trust.withoutRevocation(REVOCATION));
    assertThat(cached(authenticator)).isEmpty();
    assertThat(await(authenticator.authenticate(new Credentials.Token(token))))
        .isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  void aRevocationOfSomethingElseLeavesARememberedTokenRemembered() {
    Authenticator authenticator = scene.authenticator();
    await(authenticator.authenticate(new Credentials.Token(token)));

    scene.change(
        trust ->
            trust
                .revocation("acme", it -> it.jti("j2").key(TestKeys.RSA.getPublic()))
                .revocation("other", it -> it.jti("j1").key(TestKeys.RSA.getPublic())));

    assertThat(cached(authenticator)).containsInstanceOf(Authentication.Accepted.class);
  }

  private void revoke() {
    if (revoked.compareAndSet(false, true)) {
      scene.change(
          trust ->
              trust.revocation(
                  "acme", it -> it.jti("j1").key(TestKeys.RSA.getPublic()).id(REVOCATION)));
    }
  }

  private Optional<Authentication> cached(Authenticator authenticator) {
    return authenticator.cached(new Credentials.Token(token), scene.source.current(), NOW);
  }

  private void isRevoked(Authentication answer) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.TOKEN_REVOKED));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
