package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityProviderTest {
  private static final int PORT = Ports.free().of(Ports.Use.IDENTITY_PROVIDER);
  private static IdentityProvider provider;

  @BeforeAll
  static void start() {
    provider = new IdentityProvider(PORT, "blue");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource({"operator, *, operator", "acme, acme, alice"})
  void aKnownClientHasItsTenantAndUserName(String client, String tenant, String username)
      throws ParseException {
    JWTClaimsSet claims = token("127.0.0.1", client);

    assertThat(claims.getJSONObjectClaim("https://gatehouse.dev/claims"))
        .isEqualTo(Map.of("tenant_id", tenant, "username", username));
    assertThat(claims.getAudience()).containsExactly("gatehouse-blue");
    assertThat(claims.getSubject()).isEqualTo(client);
  }

  @Test
  void anUnknownClientHasNoClaimsOfOurs() throws ParseException {
    JWTClaimsSet claims = token("127.0.0.1", "somebody");

    assertThat(claims.getClaims()).doesNotContainKey("https://gatehouse.dev/claims");
    assertThat(claims.getAudience()).doesNotContain("gatehouse-blue");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost"})
  void theIssuerIsTheSameHoweverItIsReached(String host) throws ParseException {
    assertThat(token(host, "operator").getIssuer())
        .isEqualTo("http://localhost:" + PORT + "/default");
  }

  private static JWTClaimsSet token(String host, String client) throws ParseException {
    String basic =
        Base64.getEncoder().encodeToString((client + ":anything").getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + host + ":" + PORT + "/default/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
            .build();
    Map<String, Object> answer = JSONObjectUtils.parse(Http.send(request).body());
    return SignedJWT.parse((String) answer.get("access_token")).getJWTClaimsSet();
  }
}
