package dev.gatehouse.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

  private static final String TOKEN = "aaa.bbb.ccc-_";

  @ParameterizedTest
  @ValueSource(strings = {"Bearer ", "bearer ", "BEARER ", "Bearer   "})
  void aBearerTokenIsTaken(String scheme) {
    Credentials.Token token = new Credentials.Token(TOKEN);

    assertThat(authorization(scheme + TOKEN)).isEqualTo(token);
    assertThat(token.flaw()).isEmpty();
  }

  @Test
  void noHeaderIsMissingInTheWordsThatClientsLookFor() {
    Credentials credentials = Credentials.from(MultiMap.caseInsensitiveMultiMap());

    assertThat(credentials)
        .isInstanceOfSatisfying(
            Credentials.Missing.class,
            missing -> {
              assertThat(missing.refusal().code()).isEqualTo(ErrorCode.AUTHORIZATION_MISSING);
              assertThat(missing.refusal().detail()).startsWith("Authorization header missing");
            });
  }

  @Test
  void twoHeadersAreMalformedEvenIfTheyAreTheSame() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Authorization", "Bearer " + TOKEN)
            .add("authorization", "Bearer " + TOKEN);

    assertThat(Credentials.from(headers)).satisfies(CredentialsTest::isMalformed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer a b",
        "Bearer a,b",
        "Bearer a, Basic b",
        "Bearer\ta",
        "Bearer =",
        "Bearer a=b",
        "Bearer \"a\"",
        "Bearer \u00e4",
        "Bearera",
        "Digest a",
        "aaa.bbb.ccc"
      })
  void anythingElseIsMalformed(String value) {
    assertThat(authorization(value)).satisfies(CredentialsTest::isMalformed);
  }

  @Test
  void aTokenMayEndInPaddingAsFarAsTheHeaderIsConcerned() {
    Credentials.Token token = new Credentials.Token("a~+/==");

    assertThat(authorization("Bearer a~+/==")).isEqualTo(token);
    assertThat(token.flaw()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"anybody:", ":", "a b\u00e4:"})
  void aBasicPasswordIsTheToken(String user) {
    assertThat(authorization(basic(user + TOKEN))).isEqualTo(new Credentials.Token(TOKEN));
    assertThat(authorization(basic(user))).satisfies(CredentialsTest::isMalformed);
    assertThat(authorization(basic(user + "a:b"))).satisfies(CredentialsTest::isMalformed);
  }

  @Test
  void aBasicCredentialWithoutAColonIsMalformed() {
    assertThat(authorization(basic(TOKEN))).satisfies(CredentialsTest::isMalformed);
    assertThat(authorization("Basic !")).satisfies(CredentialsTest::isMalformed);
    assertThat(authorization(basic(":" + "a".repeat(12 * 1024))))
        .satisfies(CredentialsTest::isMalformed);
  }

  @Test
  void aBasicCredentialThatAnotherSiteMadeABrowserSendIsRefused() {
    MultiMap headers =
        MultiMap.caseInsensitiveMultiMap()
            .add("Authorization", basic(":" + TOKEN))
            .add("Sec-Fetch-Site", "cross-site");

    assertThat(Credentials.from(headers)).satisfies(CredentialsTest::isMalformed);
    assertThat(Credentials.from(headers.set("Sec-Fetch-Site", "same-origin")))
        .isEqualTo(new Credentials.Token(TOKEN));
    assertThat(
            Credentials.from(
                headers
                    .set("Sec-Fetch-Site", "cross-site")
                    .set("Authorization", "Bearer " + TOKEN)))
        .isEqualTo(new Credentials.Token(TOKEN));
  }

  @Test
  void aTokenIsNotPrinted() {
    assertThat(authorization("Bearer " + TOKEN).toString()).doesNotContain(TOKEN);
  }

  private static Credentials authorization(String value) {
    return Credentials.from(MultiMap.caseInsensitiveMultiMap().add("Authorization", value));
  }

  private static String basic(String credential) {
    return "Basic "
        + Base64.getEncoder().encodeToString(credential.getBytes(StandardCharsets.UTF_8));
  }

  private static void isMalformed(Credentials credentials) {
    Optional<Authentication.Refused> refusal =
        credentials instanceof Credentials.Malformed malformed
            ? Optional.of(malformed.refusal())
            : ((Credentials.Token) credentials).flaw();

    assertThat(refusal.map(Authentication.Refused::code))
        .contains(ErrorCode.AUTHORIZATION_MALFORMED);
  }
}
