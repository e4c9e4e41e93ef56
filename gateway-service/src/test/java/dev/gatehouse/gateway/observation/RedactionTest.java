package dev.gatehouse.gateway.observation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJl";

  @ParameterizedTest
  @CsvSource({
    "T, [token]",
    "/a/T/b, /a/[token]/b",
    "/a/T, /a/[token]",
    "T T, [token] [token]",
    "/a?b=T&c=T, /a?b=[token]&c=[token]",
    "Bearer T, Bearer [token]",
    "/plain, /plain",
    "/eyJ, /eyJ",
    "/eyJust-a-word, /eyJust-a-word",
    "/eyJ/T, /eyJ/[token]",
    "'', ''"
  })
  void whatLooksLikeATokenIsTakenOut(String text, String expected) {
    assertThat(Redaction.of(text.replace("T", TOKEN))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "access_token=abc, access_token=[token]",
    "Access_Token=abc&a=b, access_token=[token]&a=b",
    "a=b&access_token=, a=b&access_token=[token]",
    "a=T&b, a=[token]&b",
    "xaccess_token=abc, xaccess_token=abc",
    "a=b&&c=d&, a=b&&c=d&",
    "'', ''"
  })
  void aQueryLosesItsTokensAndNothingElse(String query, String expected) {
    assertThat(Redaction.ofQuery(query.replace("=T", "=" + TOKEN))).isEqualTo(expected);
  }
}
