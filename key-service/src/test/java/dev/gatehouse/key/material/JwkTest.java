package dev.gatehouse.key.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.Invalid;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JwkTest {

  /** RFC 7638 §3.1. */
  private static final String RFC_7638 =
      """
      {"kty": "RSA",
       "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc\
      _BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2Q\
      vzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu\
      0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
       "e": "AQAB", "alg": "RS256", "kid": "2011-04-29"}""";

  /** RFC 8037 §A.2. */
  private static final String RFC_8037 =
      """
      {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

  /** RFC 7515 §A.3.1, its public part. */
  private static final String RFC_7515 =
      """
      {"kty":"EC","crv":"P-256",
       "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
       "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

  @Test
  void theThumbprintsAreThoseOfTheRfcs() {
    assertThat(parse(RFC_7638).key().id().value())
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
    assertThat(parse(RFC_8037).key().id().value())
        .isEqualTo("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
  }

  @Test
  void aJwkSaysItsIdAndItsAlgorithm() {
    assertThat(parse(RFC_7638).kid()).contains("2011-04-29");
    assertThat(parse(RFC_7638).alg()).contains("RS256");
    assertThat(parse(RFC_7515).kid()).isEmpty();
    assertThat(parse(RFC_7515).alg()).isEmpty();
  }

  @Test
  void theNewNameOfEd25519MeansEdDsa() {
    assertThat(parse(with(RFC_8037, "\"alg\":\"Ed25519\"")).alg()).contains("EdDSA");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "use":"enc"                 | not for signatures
          "key_ops":["encrypt"]       | key_ops
          "key_ops":[]                | key_ops
          "alg":"HS256"               | alg
          "alg":"RSA-OAEP"            | alg
          "alg":"ES384"               | alg
          "alg":"none"                | alg
          "alg":7                     | not a string
          """)
  void whatIsNotForOurSignaturesIsRefused(String member, String sentence) {
    assertRefused(with(RFC_7515, member), sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "use":"sig"
          "key_ops":["verify"]
          "key_ops":["sign","verify"]
          "alg":"ES256"
          "use":null
          "x5c":["ignored"]
          """)
  void whatIsForOurSignaturesIsAccepted(String member) {
    assertThat(parse(with(RFC_7515, member)).key()).isEqualTo(parse(RFC_7515).key());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kty":"oct"}                                    | symmetric
          {"kty":"OKP","crv":"X25519","x":"AA"}            | X25519
          {"kty":"OKP","crv":"Ed448","x":"AA"}             | Ed25519
          {"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"} | P-256, P-384 or P-521
          {"kty":"EC","crv":"P-256","x":"AA","y":"AA"}     | not a point on the curve
          {"kty":"EC","crv":"P-256","x":"AA"}              | has no y
          {"kty":"EC","crv":"P-256","x":"!","y":"AA"}      | not base64url
          {"kty":"RSA","n":"","e":"AQAB"}                  | not a positive number
          {"kty":"RSA","n":"wQ","e":"AQAB"}                | this one has 8
          {"kty":"AKP","alg":"ML-DSA-44","pub":"AA"}       | RSA, EC or OKP
          {"kty":["RSA"]}                                  | not a string
          {"n":"AQAB"}                                     | has no kty
          []                                               | JSON object
          """)
  void whatIsNoAcceptedPublicKeyIsRefused(String jwk, String sentence) {
    assertRefused(jwk, sentence);
  }

  @Test
  void aSetIsOneKeyEach() {
    String set = "{\"keys\":[" + RFC_7515 + "," + RFC_8037 + "]}";

    assertThat(PublicKeys.parse(QuietJson.parse(set).orElseThrow()))
        .containsExactly(parse(RFC_7515).key(), parse(RFC_8037).key());
    assertThat(PublicKeys.parse(TestKeys.json(set))).hasSize(2);
  }

  @Test
  void eachKindOfKeyHasItsAlgorithms() {
    assertThat(parse(RFC_7515).key().signatureAlgorithms()).isEqualTo(Set.of("ES256"));
    assertThat(parse(RFC_8037).key().signatureAlgorithms()).isEqualTo(Set.of("EdDSA"));
    assertThat(parse(RFC_7638).key().signatureAlgorithms())
        .containsExactlyInAnyOrder("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
  }

  private static Jwk parse(String json) {
    return Jwk.parse(QuietJson.parse(json).orElseThrow());
  }

  private static String with(String jwk, String member) {
    return jwk.replaceFirst("}$", "," + member + "}");
  }

  private static void assertRefused(String jwk, String sentence) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> parse(jwk))
        .withMessageContaining(sentence);
  }
}
