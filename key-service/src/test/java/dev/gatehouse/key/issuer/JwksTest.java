package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
    Jwks jwks = Jwks.parse(set("{\"kid\":\"a\",\"alg\":\"ES256\"," + EC + "}", key("b", ED25519)));

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
    Jwks jwks = Jwks.parse(set(key("a", ED25519), broken, key("b", EC)));

    assertThat(jwks.keys()).extracting(TrustedKey::kid).containsExactly("a", "b");
    assertThat(jwks.skipped()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "null", "{\"keys\":7}", "{\"keys\":[]", "<html>"})
  void whatIsNoSetIsRefused(String text) {
    assertThatExceptionOfType(FetchFailure.class).isThrownBy(() -> Jwks.parse(text));
  }

  @Test
  void fiftyKeysAreReadAndMoreAreRefused() {
    String broken = "{}";

    assertThat(Jwks.parse(set(copies(50, broken))).skipped()).hasSize(50);
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> Jwks.parse(set(copies(51, broken))))
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
