package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.key.fetch.FetchFailure;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {

  @ParameterizedTest
  @CsvSource({
    "https://idp.example, https://idp.example/.well-known/openid-configuration",
    "https://idp.example/, https://idp.example/.well-known/openid-configuration",
    "http://localhost:8380/default,"
        + " http://localhost:8380/default/.well-known/openid-configuration",
  })
  void theDocumentIsBelowTheIssuer(String issuer, String document) {
    assertThat(Discovery.documentOf(issuer)).isEqualTo(URI.create(document));
  }

  @ParameterizedTest
  @CsvSource({
    "https://idp.example/, https://idp.example/, https://keys.example/jwks",
    "http://localhost:8380/default, http://localhost:8380/default, http://localhost:8380/jwks",
    "http://localhost:8380/default, http://localhost:8380/default, https://localhost/jwks",
  })
  void theKeysAreWhereTheDocumentSays(String issuer, String named, String jwks) {
    assertThat(Discovery.jwksUri(issuer, document(named, jwks))).isEqualTo(URI.create(jwks));
  }

  @ParameterizedTest
  @CsvSource({
    "https://idp.example/, https://idp.example, https://idp.example/jwks, another issuer",
    "https://idp.example, https://idp.example/, https://idp.example/jwks, another issuer",
    "https://idp.example, https://evil.example, https://idp.example/jwks, another issuer",
    "https://idp.example, '', https://idp.example/jwks, another issuer",
    "https://idp.example, https://idp.example, http://idp.example/jwks, not https",
    "https://idp.example, https://idp.example, file:///etc/passwd, no usable jwks_uri",
    "https://idp.example, https://idp.example, https://a:b@idp.example/jwks, no usable jwks_uri",
    "https://idp.example, https://idp.example, /jwks, no usable jwks_uri",
    "https://idp.example, https://idp.example, '', no usable jwks_uri",
  })
  void aDocumentThatDoesNotFitIsRefused(String issuer, String named, String jwks, String sentence) {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> Discovery.jwksUri(issuer, document(named, jwks)))
        .withMessageContaining(sentence);
  }

  @ParameterizedTest
  @CsvSource({"''", "<html>", "[]", "null"})
  void whatIsNoDocumentIsRefused(String text) {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> Discovery.jwksUri("https://idp.example", text));
  }

  private static String document(String issuer, String jwks) {
    return "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + jwks + "\"}";
  }
}
