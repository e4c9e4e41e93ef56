package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.key.fetch.FetchFailure;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwksTest {

  private static final String ED25519 =
      "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"";

  private static final String EC =
      "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU\","
          + "\"y\":\"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0\"";

  @Test
  void whatCanBeUsedIsTakenWithItsIdAndAlgorithm() {
    Jwks jwks =
        Jwks.parse(set("{\"kid\":\"a\",\"alg\":\"ES256\"," + EC + "}", key("b", ED25519)), false);

    assertThat(jwks.keys()).extracting(TrustedKey::kid).containsExactly("a", "b");
    assertThat(jwks.keys().get(0).alg()).contains("ES256");
    assertThat(jwks.keys().get(1).alg()).isEmpty();
    assertThat(jwks.skipped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"kid\":\"x\",\"kty\":\"oct\",\"k\":\"AQAB\"}",
        "{\"kid\":\"x\",\"use\":\"enc\"," + EC + "}",
        "{\"kid\":\"x\",\"alg\":\"ECDH-ES\"," + EC + "}",
        "{\"kid\":\"x\",\"d\":\"AQAB\"," + EC + "}",
        "{\"kid\":\"x\",\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
        "{\"kid\":\"x\",\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}",
        "{\"kid\":\"x\",\"kty\":\"future\"}",
        "{\"kid\":7," + EC + "}",
        "{\"kid\":\"\"," + EC + "}",
        "{" + EC + "}",
        "{\"kid\":\"a\"," + EC + "}",
        "null",
        "[]",
        "7",
      })
  void whatCannotIsPassedByAndSpoilsNothing(String broken) {
    Jwks jwks = Jwks.parse(set(key("a", ED25519), broken, key("b", EC)), false);

    assertThat(jwks.keys()).extracting(TrustedKey::kid).containsExactly("a", "b");
    assertThat(jwks.skipped()).hasSize(1);
  }

  @Test
  void aKeyOfATestServerIsForInstancesThatAskForIt() {
    String published =
        """
        {"kid":"x","kty":"EC","crv":"P-256",
         "x":"umybCYzE-VX_UAIJaX3wc-GTOgB7WDp7A3JJAKW_hqU",
         "y":"m_sCzuMjiBSQ7At9yNktMQvE1cCKq68jO7wnRczwKw8"}""";

    assertThat(Jwks.parse(set(published, key("a", EC)), false).keys())
        .extracting(TrustedKey::kid)
        .containsExactly("a");
    assertThat(Jwks.parse(set(published), false).skipped())
        .singleElement(STRING)
        .startsWith("The private half of a key is published with mock-oauth2-server");
    assertThat(Jwks.parse(set(published), true).keys())
        .extracting(TrustedKey::kid)
        .containsExactly("x");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{\"keys\":7}", "{\"keys\":[]", "<html>"})
  void whatIsNoSetIsRefused(String text) {
    assertThatExceptionOfType(FetchFailure.class).isThrownBy(() -> Jwks.parse(text, false));
  }

  @Test
  void fiftyKeysAreReadAndMoreAreRefused() {
    String broken = "{}";

    assertThat(Jwks.parse(set(copies(50, broken)), false).skipped()).hasSize(50);
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> Jwks.parse(set(copies(51, broken)), false))
        .withMessageContaining("more than 50 keys");
  }

  private static String[] copies(int count, String key) {
    return Collections.nCopies(count, key).toArray(String[]::new);
  }

  private static String key(String kid, String members) {
    return "{\"kid\":\"" + kid + "\"," + members + "}";
  }

  private static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }
}
