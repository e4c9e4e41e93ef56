package dev.gatehouse.key.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.key.material.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnchorUploadTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void theLeastUploadIsAKeyWithItsOwnerForData() {
    AnchorUpload upload = AnchorUpload.parse(body().toString(), NOW);

    assertThat(upload.keys()).hasSize(1);
    assertThat(upload.owner()).isEqualTo(Reach.parse("acme"));
    assertThat(upload.scopes()).isEqualTo(Scope.ALL_DATA);
    assertThat(upload.description()).isEmpty();
    assertThat(upload.expiresAt()).isEmpty();
    assertThat(upload.maxTokenLifetime()).isEmpty();
  }

  @Test
  void everythingThatCanBeSaidIsRead() {
    ObjectNode body =
        body()
            .put("owner", "*")
            .put("description", "CI of the payments team")
            .put("expiresAt", "2026-01-01T02:00:00.5+01:00")
            .put("maxTokenLifetime", 86400);
    body.putArray("scopes").add("loki:read").add("keys:write");

    AnchorUpload upload = AnchorUpload.parse(body.toString(), NOW);

    assertThat(upload.owner()).isEqualTo(Reach.EVERYTHING);
    assertThat(upload.scopes())
        .containsExactlyInAnyOrder(new Scope("loki:read"), new Scope("keys:write"));
    assertThat(upload.description()).contains("CI of the payments team");
    assertThat(upload.expiresAt()).contains(Instant.parse("2026-01-01T01:00:00Z"));
    assertThat(upload.maxTokenLifetime()).contains(Duration.ofDays(1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "owner": null                             | owner is missing
          "owner": 7                                | owner is a string
          "owner": "ACME"                           | A segment of a tenant name
          "owner": ""                               | A segment of a tenant name
          "owner": "_"                              | The default tenant cannot own keys
          "scopes": []                              | scopes is a list
          "scopes": "*:read"                        | scopes is a list
          "scopes": [7]                             | A scope is
          "scopes": ["everything"]                  | A scope is
          "description": ""                         | description has 1 to 200
          "description": "two\\nlines"              | description is one line
          "expiresAt": "tomorrow"                   | expiresAt is a time of RFC 3339
          "expiresAt": 1893456000                   | expiresAt is a string
          "expiresAt": "2026-01-01T00:00:00Z"       | expiresAt is in the past
          "expiresAt": "+10000-01-01T00:00:00Z"     | expiresAt is beyond the year 9999
          "maxTokenLifetime": 0                     | maxTokenLifetime is a number of seconds
          "maxTokenLifetime": -1                    | maxTokenLifetime is a number of seconds
          "maxTokenLifetime": 1.5                   | maxTokenLifetime is a number of seconds
          "maxTokenLifetime": "90d"                 | maxTokenLifetime is a number of seconds
          "maxTokenLifetime": 3155760001            | maxTokenLifetime is a number of seconds
          "key": null                               | key is the PEM text
          "key": ["a"]                              | key is the PEM text
          "key": "junk"                             | no public key in a known form
          "personal": "yes"                         | personal is true or false
          "colour": true                            | The fields of a key are
          """)
  void whatIsWrongIsSaid(String member, String sentence) {
    String field = member.substring(1, member.indexOf('"', 1));
    ObjectNode body = body();
    body.remove(field);
    String json = body.toString().replaceFirst("}$", "," + member.replace("\\", "\\\\") + "}");

    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> AnchorUpload.parse(json, NOW))
        .withMessageContaining(sentence);
  }

  @Test
  void theLongestDescriptionIsAccepted() {
    assertThatCode(
            () -> AnchorUpload.parse(body().put("description", "ä".repeat(200)).toString(), NOW))
        .doesNotThrowAnyException();
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(
            () -> AnchorUpload.parse(body().put("description", "ä".repeat(201)).toString(), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"text\"", "{", "{} {}"})
  void whatIsNoJsonObjectIsRefused(String body) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> AnchorUpload.parse(body, NOW))
        .withMessageContaining("not a JSON object");
  }

  @Test
  void aPrivateKeyInAnyFieldIsRefusedAsSuch() {
    byte[] der = TestKeys.ec().getPrivate().getEncoded();
    String pem = TestKeys.pem("PRIVATE KEY", der);

    assertPrivate(body().put("key", pem).toString());
    assertPrivate(body().put("description", pem).toString());
    assertPrivate(body().put("description", Base64.getEncoder().encodeToString(der)).toString());
    assertPrivate(body().put("unknown", pem).toString());
    assertPrivate(body().put("d", "AQAB").toString());
    assertPrivate(body().put(pem, "the name of a field").toString());
    assertPrivate(body().put("key", pem).toString().replace("PRIVATE", "\\u0050RIVATE"));
    assertPrivate(pem);
    assertPrivate("{\"kty\":\"EC\",\"d\":\"AQAB\"}");
  }

  private static void assertPrivate(String body) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> AnchorUpload.parse(body, NOW))
        .satisfies(refusal -> assertThat(refusal.code().code()).isEqualTo("private_key_refused"));
  }

  private static ObjectNode body() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("key", TestKeys.publicKey("ed25519"))
        .put("owner", "acme");
  }
}
