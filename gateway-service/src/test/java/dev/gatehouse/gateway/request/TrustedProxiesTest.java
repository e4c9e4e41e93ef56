package dev.gatehouse.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.gateway.request.TrustedProxies.Sender;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.MultiMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final String PROXY = "10.0.0.1";
  private static final TrustedProxies PROXIES =
      ProxiesBeans.read(List.of("10.0.0.0/8", "fd00::/8", "192.0.2.7"));

  @Test
  void nobodyIsBelievedUnlessNamed() {
    Sender sender =
        TrustedProxies.NONE.sender(
            PROXY,
            headers("X-Forwarded-For", "1.2.3.4", "X-Forwarded-Proto", "https"),
            "http",
            "own.test");

    assertThat(sender).isEqualTo(new Sender(PROXY, PROXY, "http", "own.test"));
    assertThat(TrustedProxies.NONE.areNone()).isTrue();
  }

  @Test
  void aStrangerIsNotBelievedEither() {
    Sender sender =
        PROXIES.sender(
            "203.0.113.9",
            headers(
                "X-Forwarded-For",
                "10.0.0.9",
                "X-Forwarded-Proto",
                "https",
                "X-Forwarded-Host",
                "other.test"),
            "http",
            "own.test");

    assertThat(sender).isEqualTo(new Sender("203.0.113.9", "203.0.113.9", "http", "own.test"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What a client said itself stands to the left of what its proxy saw.
        "203.0.113.9                     | 203.0.113.9 | 203.0.113.9, 10.0.0.1",
        "1.1.1.1, 203.0.113.9            | 203.0.113.9 | 203.0.113.9, 10.0.0.1",
        "10.9.9.9, 203.0.113.9           | 203.0.113.9 | 203.0.113.9, 10.0.0.1",
        "203.0.113.9, 10.2.2.2           | 203.0.113.9 | 203.0.113.9, 10.2.2.2, 10.0.0.1",
        "1.1.1.1,203.0.113.9 ,10.2.2.2   | 203.0.113.9 | 203.0.113.9, 10.2.2.2, 10.0.0.1",
        "10.3.3.3, 10.2.2.2              | 10.3.3.3    | 10.3.3.3, 10.2.2.2, 10.0.0.1",
        "203.0.113.9:4711                | 203.0.113.9 | 203.0.113.9, 10.0.0.1",
        "2001:db8::1, fd00::2            | 2001:db8::1 | 2001:db8::1, fd00::2, 10.0.0.1",
        "[2001:db8::1]:443               | 2001:db8::1 | 2001:db8::1, 10.0.0.1",
        "::ffff:10.2.2.2                 | ::ffff:10.2.2.2 | ::ffff:10.2.2.2, 10.0.0.1",
        // What is no address ends what can be known.
        "203.0.113.9, unknown            | 10.0.0.1    | 10.0.0.1",
        "203.0.113.9, _hidden, 10.2.2.2  | 10.2.2.2    | 10.2.2.2, 10.0.0.1",
        "203.0.113.9, 10.2.2.2,          | 10.0.0.1    | 10.0.0.1",
        "203.0.113.9:port                | 10.0.0.1    | 10.0.0.1",
        "203.0.113.9; drop               | 10.0.0.1    | 10.0.0.1",
        "evil.test                       | 10.0.0.1    | 10.0.0.1",
        "1                               | 10.0.0.1    | 10.0.0.1",
        "''                              | 10.0.0.1    | 10.0.0.1",
      })
  void theRightmostAddressThatIsNoProxyIsTheClient(String said, String client, String chain) {
    Sender sender = PROXIES.sender(PROXY, headers("X-Forwarded-For", said), "http", "own.test");

    assertThat(sender.client()).isEqualTo(client);
    assertThat(sender.chain()).isEqualTo(chain);
  }

  @Test
  void severalLinesAreOneList() {
    MultiMap headers = headers("X-Forwarded-For", "1.1.1.1, 203.0.113.9");
    headers.add("x-forwarded-for", "10.2.2.2");

    assertThat(PROXIES.sender(PROXY, headers, "http", "own.test").chain())
        .isEqualTo("203.0.113.9, 10.2.2.2, 10.0.0.1");
  }

  @Test
  void aProxyThatSaysNothingIsTheClient() {
    assertThat(PROXIES.sender(PROXY, headers(), "http", "own.test"))
        .isEqualTo(new Sender(PROXY, PROXY, "http", "own.test"));
  }

  @Test
  void aVeryLongListIsNotReadToItsEnd() {
    String said = "203.0.113.9" + ", 10.2.2.2".repeat(10_000);

    assertThat(PROXIES.sender(PROXY, headers("X-Forwarded-For", said), "http", "a").chain())
        .hasSizeLessThan(500)
        .endsWith(", 10.0.0.1");
  }

  @Test
  void protoAndHostOfAProxyAreBelieved() {
    Sender sender =
        PROXIES.sender(
            PROXY,
            headers("X-Forwarded-Proto", "https", "X-Forwarded-Host", "front.test:8443"),
            "http",
            "own.test");

    assertThat(sender.proto()).isEqualTo("https");
    assertThat(sender.host()).isEqualTo("front.test:8443");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS", "ftp", "https, http", "", "https "})
  void aProtoThatIsNoneIsNotTaken(String proto) {
    assertThat(
            PROXIES.sender(PROXY, headers("X-Forwarded-Proto", proto), "http", "own.test").proto())
        .isEqualTo("http");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a, b", "a b", "a/b", "a\tb", "", "a?b", "a@b", "ä.test"})
  void aHostThatIsNoneIsNotTaken(String host) {
    assertThat(PROXIES.sender(PROXY, headers("X-Forwarded-Host", host), "http", "own.test").host())
        .isEqualTo("own.test");
  }

  @Test
  void whatIsSaidTwiceIsNotTaken() {
    MultiMap headers = headers("X-Forwarded-Proto", "https", "X-Forwarded-Host", "one.test");
    headers.add("X-Forwarded-Proto", "https").add("X-Forwarded-Host", "two.test");

    Sender sender = PROXIES.sender(PROXY, headers, "http", "own.test");

    assertThat(sender.proto()).isEqualTo("http");
    assertThat(sender.host()).isEqualTo("own.test");
  }

  @Test
  void aWrongRangeStopsTheStartAndSaysHowToWriteIt() {
    assertThatThrownBy(() -> ProxiesBeans.read(List.of("10.0.0.1/8")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "gatehouse.trusted-proxies: 10.0.0.1/8 has bits behind its prefix of 8; write it like"
                + " 10.0.0.0/8 or 192.0.2.7");
  }

  private static MultiMap headers(String... namesAndValues) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.add(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
