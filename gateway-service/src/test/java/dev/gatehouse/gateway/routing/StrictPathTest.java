package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictPathTest {

  @ParameterizedTest
  @MethodSource("accepted")
  void aPathIsDecodedForMatchingAndForwardedByteForByte(String target, List<String> segments) {
    StrictPath path = StrictPath.parse(target);

    assertThat(path.segments()).isEqualTo(segments);
    assertThat(path.forwarded()).isEqualTo(target);
  }

  private static Stream<Arguments> accepted() {
    return Stream.of(
        Arguments.of("/", List.of("")),
        Arguments.of("/api/v1/query", List.of("api", "v1", "query")),
        Arguments.of("/api/v1/query/", List.of("api", "v1", "query", "")),
        Arguments.of("/?a=//..%00", List.of("")),
        Arguments.of("/q?query=up{job=\"a\"}|x&b=/../%2e%2e;c\\d", List.of("q")),
        Arguments.of("/q?", List.of("q")),
        Arguments.of("/%71uer%79", List.of("query")),
        Arguments.of("/a%2Fb/c", List.of("a/b", "c")),
        Arguments.of("/a%2fb", List.of("a/b")),
        Arguments.of("/%2F", List.of("/")),
        Arguments.of("/%2Fetc%2Frules.yml", List.of("/etc/rules.yml")),
        Arguments.of("/gr%C3%BCn/%F0%9F%98%80", List.of("grün", "😀")),
        Arguments.of("/a+b%20c", List.of("a+b c")),
        Arguments.of("/acme:pay/x@y", List.of("acme:pay", "x@y")),
        Arguments.of("/acme%3Apay", List.of("acme:pay")),
        Arguments.of("/.../..a/a../.a", List.of("...", "..a", "a..", ".a")),
        Arguments.of("/90%25", List.of("90%")),
        Arguments.of("/90%25%20full", List.of("90% full")),
        Arguments.of("/a%3Fb%23c", List.of("a?b#c")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                    | The request target does not start with a slash
          *                     | The request target does not start with a slash
          api/v1/query          | The request target does not start with a slash
          http://other/api      | The request target does not start with a slash
          other:443             | The request target does not start with a slash
          \\api                 | The request target does not start with a slash
          //                    | The path holds an empty segment (//)
          //other/api           | The path holds an empty segment (//)
          /a//b                 | The path holds an empty segment (//)
          /a///                 | The path holds an empty segment (//)
          /.                    | The path holds a dot segment
          /..                   | The path holds a dot segment
          /a/./b                | The path holds a dot segment
          /a/../b               | The path holds a dot segment
          /a/..                 | The path holds a dot segment
          /a/../?q              | The path holds a dot segment
          /a/%2e%2e/b           | The path holds a dot segment
          /a/%2E/b              | The path holds a dot segment
          /a/.%2e/b             | The path holds a dot segment
          /a/%2e./b             | The path holds a dot segment
          /a/..%2Fb             | The path holds a dot segment
          /a/x%2F..%2Fb         | The path holds a dot segment
          /a/x%2F%2e%2e         | The path holds a dot segment
          /a/%2F.%2F            | The path holds a dot segment
          /a\\b                 | The path holds a backslash
          /a/..\\b              | The path holds a backslash
          /a%5Cb                | The path holds a backslash
          /a%5cb                | The path holds a backslash
          /a;b                  | The path holds a semicolon, which backends read as a path parameter
          /a/..;/b              | The path holds a semicolon, which backends read as a path parameter
          /a;jsessionid=1/b     | The path holds a semicolon, which backends read as a path parameter
          /a%3Bb                | The path holds a semicolon, which backends read as a path parameter
          /a%00b                | The path holds a control character
          /a%0d%0aX:y           | The path holds a control character
          /a%7F                 | The path holds a control character
          /a%C2%85              | The path holds a control character
          /a%                   | The path holds a percent sign without two hexadecimal digits
          /a%2                  | The path holds a percent sign without two hexadecimal digits
          /a%2/b                | The path holds a percent sign without two hexadecimal digits
          /a%zz                 | The path holds a percent sign without two hexadecimal digits
          /a%u002e              | The path holds a percent sign without two hexadecimal digits
          /a%2?b                | The path holds a percent sign without two hexadecimal digits
          /a%%32%65             | The path holds a percent sign without two hexadecimal digits
          /%252e%252e/b         | The path is encoded twice
          /a%252Fb              | The path is encoded twice
          /a%255Cb              | The path is encoded twice
          /%2571uery            | The path is encoded twice
          /%25%32%65            | The path is encoded twice
          /%2525                | The path is encoded twice
          /%C0%AE%C0%AE/b       | The path is not UTF-8
          /%C0%AF               | The path is not UTF-8
          /%E0%80%AF            | The path is not UTF-8
          /%ED%A0%80            | The path is not UTF-8
          /%FF                  | The path is not UTF-8
          /%C3                  | The path is not UTF-8
          /%F4%90%80%80         | The path is not UTF-8
          /a#b                  | The request target holds a fragment
          /a b                  | The path holds a character that has to be percent-encoded
          /grün                 | The path holds a character that has to be percent-encoded
          /a"b                  | The path holds a character that has to be percent-encoded
          /a<b>                 | The path holds a character that has to be percent-encoded
          /a{b}                 | The path holds a character that has to be percent-encoded
          /a^b                  | The path holds a character that has to be percent-encoded
          /a[b]                 | The path holds a character that has to be percent-encoded
          /q?a=ü                | The query holds a character that has to be percent-encoded
          /q?a b                | The query holds a character that has to be percent-encoded
          /q?a#b                | The query holds a character that has to be percent-encoded
          """)
  void aPathThatCouldBeReadDifferentlyIsRefused(String target, String detail) {
    assertThatThrownBy(() -> StrictPath.parse(target))
        .isInstanceOfSatisfying(
            Invalid.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PATH_REFUSED))
        .hasMessage(detail);
  }

  @ParameterizedTest
  @ValueSource(chars = {0, 1, '\t', '\n', '\r', 0x1f, 0x7f, 0x85})
  void rawControlCharactersAreRefusedInPathAndQuery(char control) {
    assertThatThrownBy(() -> StrictPath.parse("/a" + control)).isInstanceOf(Invalid.class);
    assertThatThrownBy(() -> StrictPath.parse("/a?b" + control)).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/t/acme/cortex/api/v1/query?q=/x, /api/v1/query?q=/x",
    "/t/acme/cortex/api/v1/rules/a%2Fb, /api/v1/rules/a%2Fb",
    "/t/acme%3Apay/cortex/, /",
    "/t/acme/cortex, /",
    "/t/acme/cortex?q=a/b/c, /?q=a/b/c",
    "/t/acme/cortex/?q, /?q",
  })
  void thePrefixOfATenantsPathIsTakenOff(String target, String forwarded) {
    StrictPath rest = StrictPath.parse(target).below(3);

    assertThat(rest.forwarded()).isEqualTo(forwarded);
    assertThat(rest.segments()).isEqualTo(StrictPath.parse(forwarded).segments());
  }

  @Test
  void aPrefixGoesBeforeThePathAndLeavesTheRestAsItIs() {
    StrictPath path = StrictPath.parse("/api/v1/query?query=a%20b");

    assertThat(path.forwarded("/prometheus")).isEqualTo("/prometheus/api/v1/query?query=a%20b");
    assertThat(path.forwarded("")).isEqualTo("/api/v1/query?query=a%20b");
    assertThat(StrictPath.parse("/t/a1/b1?q").below(3).forwarded("/p")).isEqualTo("/p/?q");
  }

  @Test
  void theTextFormLeavesTheQueryOut() {
    assertThat(StrictPath.parse("/a/b?token=secret")).hasToString("/a/b");
  }

  @Test
  void whateverIsAcceptedDoesNotChangeByASecondDecoding() {
    Random random = new Random(7);
    String alphabet = "ab./\\%;25eEfF0?#:\u00fc ";
    int accepted = 0;

    for (int i = 0; i < 200_000; i++) {
      StringBuilder target = new StringBuilder("/");
      for (int n = random.nextInt(12); n > 0; n--) {
        target.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        for (String segment : StrictPath.parse(target.toString()).segments()) {
          assertThat(segment).doesNotContainPattern("%[0-9a-fA-F]{2}").doesNotContain("\\", ";");
          assertThat(segment.split("/", -1)).doesNotContain(".", "..");
        }
        accepted++;
      } catch (Invalid e) {
        assertThat(e.code()).isEqualTo(ErrorCode.PATH_REFUSED);
      }
    }

    assertThat(accepted).isGreaterThan(1000);
  }
}
