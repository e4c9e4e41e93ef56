package dev.gatehouse.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.TrustBuilder;
import dev.gatehouse.gateway.trust.UnknownKeys;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

/**
 * Tokens as an Opstrace CLI wrote them: RS256, a key id made of the SHA-1 of the PEM text, ten
 * years.
 */
class OpstraceTokenTest {

  private static final Instant MINTED = Instant.parse("2021-06-01T00:00:00Z");
  private static final Instant TODAY = Instant.parse("2026-03-01T00:00:00Z");
  private static final PublicKey KEY = TestKeys.RSA.getPublic();

  private final FakeTrustSource source =
      new FakeTrustSource(TrustBuilder.trust().tenants("myteam").anchor(KEY, "*").build());

  @Test
  void aTokenOfTenYearsIsAccepted() throws Exception {
    source.now(TODAY);

    Authentication answer = answer(opstraceToken("old-cluster", "myteam"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Accepted.class,
            accepted -> {
              Identity identity = accepted.identity();
              assertThat(identity.kind()).isEqualTo(Identity.Kind.TENANT_TOKEN);
              assertThat(identity.tenants().only()).contains(new TenantId("myteam"));
              assertThat(identity.scopes()).isEqualTo(Scope.ALL_DATA);
            });
  }

  @Test
  void aTokenOfAnotherClusterIsRefused() throws Exception {
    source.now(TODAY);

    Authentication answer = answer(opstraceToken("other-cluster", "myteam"));

    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Refused.class,
            no -> assertThat(no.code()).isEqualTo(ErrorCode.AUDIENCE_MISMATCH));
  }

  @Test
  void theKeyIdIsTheOneThatOpstraceWrote() throws Exception {
    String body =
        Base64.getEncoder().encodeToString(KEY.getEncoded()).replaceAll("(.{64})", "$1\n").strip();

    assertThat(body.lines()).hasSize(7).allMatch(line -> line.length() <= 64);
    assertThat(source.current().anchors().byKid(opstraceKid())).hasSize(1);
  }

  private Authentication answer(String token) {
    TokenVerifier verifier =
        new TokenVerifier(
            source,
            (issuer, kid) -> UnknownKeys.Verdict.UNKNOWN,
            new TokenRules(new Instance("old-cluster"), Duration.ofSeconds(30)),
            new Signatures(SignatureProvider.preferred()));
    return verifier.verify(token).under(source.current(), source.now()).orElseThrow();
  }

  private static String opstraceToken(String cluster, String tenant) throws Exception {
    JsonWebSignature jws = new JsonWebSignature();
    jws.setAlgorithmHeaderValue("RS256");
    jws.setHeader("typ", "JWT");
    jws.setKeyIdHeaderValue(opstraceKid());
    jws.setPayload(
        """
        {"iat":%d,"exp":%d,"aud":"opstrace-cluster-%s","iss":"opstrace-cli","sub":"tenant-%s"}"""
            .formatted(
                MINTED.getEpochSecond(),
                MINTED.plus(Duration.ofDays(3650)).getEpochSecond(),
                cluster,
                tenant));
    jws.setKey(TestKeys.RSA.getPrivate());
    return serialized(jws);
  }

  private static String serialized(JsonWebSignature jws) throws JoseException {
    return jws.getCompactSerialization();
  }

  /** SHA-1 of the PEM text, 64 columns, no newline at the end. */
  private static String opstraceKid() throws Exception {
    StringBuilder pem = new StringBuilder("-----BEGIN PUBLIC KEY-----\n");
    String base64 = Base64.getEncoder().encodeToString(KEY.getEncoded());
    for (int at = 0; at < base64.length(); at += 64) {
      pem.append(base64, at, Math.min(at + 64, base64.length())).append('\n');
    }
    pem.append("-----END PUBLIC KEY-----");
    byte[] sha1 =
        MessageDigest.getInstance("SHA-1")
            .digest(pem.toString().getBytes(StandardCharsets.US_ASCII));
    return String.format("%040x", new BigInteger(1, sha1));
  }
}
