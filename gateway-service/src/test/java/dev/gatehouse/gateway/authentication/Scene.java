package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustBuilder;
import dev.gatehouse.gateway.trust.UnknownKeys;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An instance {@code local} with the tenants {@code acme}, {@code acme:pay} and {@code other}, whom
 * an anchor each trusts: RSA for acme, P-256 for other, Ed25519 for everybody; and with the issuer
 * {@link #ISSUER}.
 */
final class Scene {

  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  static final Duration SKEW = Duration.ofSeconds(30);
  static final String ISSUER = "https://idp.example/";
  static final String OIDC_KID = "idp-1";
  static final String NAMESPACE = "https://gatehouse.dev/claims";
  static final KeyPair OIDC_KEY = TestKeys.OTHER_RSA;

  final FakeTrustSource source = new FakeTrustSource(initial());
  final TokenRules rules = new TokenRules(new Instance("local"), SKEW);
  UnknownKeys.Verdict unknownKeys = UnknownKeys.Verdict.UNKNOWN;
  final TokenVerifier verifier;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  Scene() {
    this(SignatureProvider.preferred());
  }

  Scene(SignatureProvider provider) {
    verifier =
        new TokenVerifier(source, (issuer, kid) -> unknownKeys, rules, new Signatures(provider));
    source.now(NOW);
  }

  static Trust initial() {
    return TrustBuilder.trust()
        .tenants("acme", "acme:pay", "other")
        .anchor(TestKeys.RSA.getPublic(), "acme")
        .anchor(TestKeys.P256.getPublic(), "other")
        .anchor(TestKeys.ED25519.getPublic(), "*")
        .issuer(
            ISSUER,
            issuer ->
                issuer
                    .audiences("gatehouse-local")
                    .claimsNamespace(NAMESPACE)
                    .key(OIDC_KID, OIDC_KEY.getPublic()))
        .build();
  }

  Authentication answer(String token) {
    return verifier.verify(token).under(source.current(), source.now()).orElseThrow();
  }

  /** An authenticator over {@link #source} whose unseen tokens go through {@code verification}. */
  Authenticator authenticator(Function<String, Outcome> verification, int threads, int queue) {
    TokenCache cache = new TokenCache(1000, Duration.ofHours(1), 1000, Duration.ofMinutes(1));
    return new Authenticator(
        source,
        cache,
        new VerificationPool(verification, cache, threads, queue),
        new VerificationMetrics(meters, () -> cache.earliestExpiry(source.now())));
  }

  Authenticator authenticator() {
    return authenticator(verifier::verify, 2, 100);
  }

  static Authentication await(Future<Authentication> answer) {
    try {
      return answer.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  Scene change(UnaryOperator<TrustBuilder> change) {
    source.set(change.apply(TrustBuilder.from(source.current())).build());
    return this;
  }

  /** What {@link TrustBuilder} calls the anchor of this owner and key. */
  static UUID anchorId(String owner, PublicKey key) {
    return TrustBuilder.trust().anchor(key, owner).build().anchors().byKid(kid(key)).get(0).id();
  }

  static String kid(PublicKey key) {
    return TrustBuilder.thumbprint(key).value();
  }

  static String opstraceId(PublicKey key) {
    return OpstraceKeyId.of(key.getEncoded()).value();
  }

  /** A good token of acme. */
  static Mint token() {
    return token(TestKeys.RSA, "RS256", "acme");
  }

  static Mint token(KeyPair pair, String algorithm, String tenant) {
    return Mint.with(pair, algorithm)
        .header("kid", kid(pair.getPublic()))
        .claim("iss", "gatehouse-cli")
        .claim("sub", "tenant-" + tenant)
        .claim("aud", "gatehouse-local")
        .claim("iat", NOW.minusSeconds(3600))
        .claim("exp", NOW.plusSeconds(3600));
  }

  /** A good access token of {@link #ISSUER}, for acme's alice. */
  static Mint accessToken() {
    return Mint.with(OIDC_KEY, "RS256")
        .header("kid", OIDC_KID)
        .claim("iss", ISSUER)
        .claim("sub", "4711")
        .claim("aud", "gatehouse-local")
        .claim("iat", NOW.minusSeconds(60))
        .claim("exp", NOW.plusSeconds(600))
        .claimJson(NAMESPACE, "{\"tenant_id\":\"acme\",\"username\":\"alice\"}");
  }
}
