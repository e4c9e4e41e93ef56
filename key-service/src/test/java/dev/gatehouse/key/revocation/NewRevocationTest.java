package dev.gatehouse.key.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.RevocationEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NewRevocationTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhY21lIn0.c2lnbmF0dXJl";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"jti":"a","issuer":"corp"}                                     | JTI        | a
          {"jti":"a","key":"x"}                                           | JTI        | a
          {"subject":"tenant-acme","key":"x","expiresAt":"2026-06-02T00:00:00Z"} | SUBJECT | tenant-acme
          {"tenant":"acme:pay"}                                           | TENANT     | acme:pay
          {"tenant":"acme","notBefore":"2026-06-01T12:00:00Z"}            | TENANT     | acme
          {"issuer":"https://idp.example","notBefore":"2026-06-01T12:00:00Z"} | ISSUER | https://idp.example
          """)
  void whatIsRevokedFollowsFromTheFields(String body, RevocationEntry.Type type, String value) {
    NewRevocation read = NewRevocation.parse(body, NOW);

    assertThat(read.type()).isEqualTo(type);
    assertThat(read.value()).isEqualTo(value);
  }

  @Test
  void aTokenHashIsTakenInEitherCase() {
    String body = "{\"tokenHash\":\"" + "AB".repeat(32) + "\"}";

    assertThat(NewRevocation.parse(body, NOW).value()).isEqualTo("ab".repeat(32));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                                                        | exactly one of
          {"key":"x"}                                               | exactly one of
          {"jti":"a","subject":"b","issuer":"corp"}                 | exactly one of
          {"jti":"a"}                                               | of an issuer or of a key
          {"jti":"a","issuer":"corp","key":"x"}                     | of an issuer or of a key
          {"subject":"a"}                                           | of an issuer or of a key
          {"jti":"a","key":"x","notBefore":"2026-06-01T12:00:00Z"}  | notBefore goes with
          {"tokenHash":"ab"}                                        | tokenHash has 64 hex digits
          {"tenant":"acme","key":"x"}                               | without issuer and key
          {"tenant":"ACME"}                                         | A segment of a tenant name
          {"tenant":"*"}                                            | A segment of a tenant name
          {"issuer":"corp"}                                         | issuer needs notBefore
          {"issuer":"corp","key":"x","notBefore":"2026-06-01T12:00:00Z"} | without key
          {"tenant":"acme","notBefore":"2026-06-01T12:00:31Z"}      | notBefore is in the future
          {"tenant":"acme","notBefore":"yesterday"}                 | notBefore is a time of RFC 3339
          {"tenant":"acme","notBefore":"1969-12-31T23:59:59Z"}      | before the year 1970
          {"tenant":"acme","expiresAt":"2026-05-25T12:00:00Z"}      | more than 7 days past
          {"tenant":"acme","expiresAt":"+10000-01-01T00:00:00Z"}    | beyond the year 9999
          {"tenant":"acme","expiresAt":1}                           | expiresAt is a string
          {"tenant":"acme","reason":""}                             | reason has 1 to 256
          {"tenant":"acme","reason":"two\\nlines"}                  | reason is one line
          {"tenant":"acme","reason":"half \\ud800"}                 | half a character
          {"jti":"","issuer":"corp"}                                | jti has 1 to 512
          {"jti":7,"issuer":"corp"}                                 | jti is a string
          {"jti":"nul \\u0000","issuer":"corp"}                     | jti is one line
          {"jti":"a","issuer":""}                                   | issuer has 1 to 2048
          {"tenant":"acme","colour":"red"}                          | The fields of a revocation are
          """)
  void whatIsWrongIsSaid(String body, String sentence) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> NewRevocation.parse(body, NOW))
        .withMessageContaining(sentence);
  }

  @Test
  void theLongestValuesAreAccepted() {
    String longest =
        "{\"jti\":\"%s\",\"issuer\":\"%s\",\"reason\":\"%s\"}"
            .formatted("j".repeat(512), "i".repeat(2048), "ä".repeat(256));

    assertThatCode(() -> NewRevocation.parse(longest, NOW)).doesNotThrowAnyException();
    for (String field : new String[] {"j", "i", "ä"}) {
      String tooLong = longest.replaceFirst("\"" + field, "\"" + field + field);
      assertThatExceptionOfType(Invalid.class).isThrownBy(() -> NewRevocation.parse(tooLong, NOW));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jti\":\"" + TOKEN + "\",\"issuer\":\"corp\"}",
        "{\"tokenHash\":\"" + TOKEN + "\"}",
        "{\"tenant\":\"acme\",\"reason\":\"leaked: Bearer " + TOKEN + "\"}",
        "{\"tenant\":\"acme\",\"reason\":\"\\u0065yJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln\"}",
        "{\"token\":\"" + TOKEN + "\"}",
        TOKEN,
      })
  void aTokenIsRefusedWhereverItStandsAndNeverQuoted(String body) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> NewRevocation.parse(body, NOW))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FIELD_INVALID))
        .withMessageContaining("tokens are not stored")
        .withMessageNotContaining("eyJ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{", "\"text\""})
  void whatIsNoJsonObjectIsRefused(String body) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> NewRevocation.parse(body, NOW))
        .withMessageContaining("not a JSON object");
  }

  @Test
  void aFractionOfASecondIsRoundedUpSoThatItsTokensAreRefusedToo() {
    String body = "{\"tenant\":\"acme\",\"notBefore\":\"2026-06-01T11:59:59.001Z\"}";

    assertThat(NewRevocation.parse(body, NOW).notBefore()).contains(NOW);
  }
}
