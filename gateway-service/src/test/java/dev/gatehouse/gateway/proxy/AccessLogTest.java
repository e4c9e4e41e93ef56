package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.gateway.observation.Watchers;
import dev.gatehouse.gateway.request.AddressRange;
import dev.gatehouse.gateway.request.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the access log says of real requests. */
class AccessLogTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;

  private final RawBackend backend = new RawBackend();
  private Watchers log;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    log = new Watchers(directory.resolve("access.log"), false, new SimpleMeterRegistry());
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .observed(log::with)
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
    log.close();
  }

  @Test
  void aRequestThatWasForwardedIsALine() {
    gateway.ask(
        ForwardingTest.request(
                "POST",
                "demo.acme",
                "/x/y?secret=value",
                Tokens.of("acme"),
                "Content-Length: 5\r\nUser-Agent: test/1\r\nX-Request-Id: 0123456789\r\n")
            + "hello");

    JsonNode line = only();
    assertThat(line.get("requestId").asText()).isEqualTo("0123456789");
    assertThat(line.get("client").asText()).isEqualTo("127.0.0.1");
    assertThat(line.get("method").asText()).isEqualTo("POST");
    assertThat(line.get("host").asText()).isEqualTo("demo.acme.example.test");
    assertThat(line.get("path").asText()).isEqualTo("/x/y");
    assertThat(line.has("query")).isFalse();
    assertThat(line.get("api").asText()).isEqualTo("demo");
    assertThat(line.get("operation").asText()).isEqualTo("write");
    assertThat(line.get("tenant").asText()).isEqualTo("acme");
    assertThat(line.get("outcome").asText()).isEqualTo("success");
    assertThat(line.has("code")).isFalse();
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("bytesIn").asInt()).isEqualTo(5);
    assertThat(line.get("bytesOut").asInt()).isEqualTo(2);
    assertThat(line.get("userAgent").asText()).isEqualTo("test/1");
    assertThat(line.get("upstreamMs").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(line.get("durationMs").asDouble());
  }

  @Test
  void aClientIsWhoAProxyNamesOnlyIfThatIsTrusted() {
    String forwarded =
        ForwardingTest.request(
            "GET", "demo.acme", "/x", Tokens.of("acme"), "X-Forwarded-For: 192.0.2.9\r\n");
    TrustedProxies loopback = new TrustedProxies(List.of(AddressRange.parse("127.0.0.0/8")));
    try (TestGateway behind =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .observed(meters -> log.with(meters, loopback))
            .start()) {
      behind.ask(forwarded);
      assertThat(only().get("client").asText()).isEqualTo("192.0.2.9");
    }

    gateway.ask(forwarded);

    await().untilAsserted(() -> assertThat(log.lines()).hasSize(2));
    assertThat(log.lines().get(1)).contains("\"client\":\"127.0.0.1\"");
  }

  @Test
  void aRefusalIsALineWithItsCodeAndWithoutATenant() {
    gateway.ask(ForwardingTest.request("GET", "demo.other", "/x", Tokens.of("acme"), ""));

    JsonNode line = only();
    assertThat(line.get("outcome").asText()).isEqualTo("refused");
    assertThat(line.get("code").asText()).isEqualTo("tenant_mismatch");
    assertThat(line.get("status").asInt()).isEqualTo(403);
    assertThat(line.has("tenant")).isFalse();
    assertThat(line.has("upstreamMs")).isFalse();
  }

  @Test
  void aMalformedRequestIsALineToo() {
    gateway.ask("GET /a%zz HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");

    JsonNode line = only();
    assertThat(line.get("code").asText()).isEqualTo("path_refused");
    assertThat(line.get("path").asText()).isEqualTo("/a%zz");
    assertThat(line.get("status").asInt()).isEqualTo(400);
  }

  @Test
  void aGrpcRefusalSaysItsCodeThoughItsStatusIs200() {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      client.ask(
          Map.of(
              ":method", "POST",
              ":scheme", "http",
              ":path", "/a.B/C",
              ":authority", "demo.acme.example.test",
              "content-type", "application/grpc"),
          new byte[0],
          true);
    }

    JsonNode line = only();
    assertThat(line.get("protocol").asText()).isEqualTo("2");
    assertThat(line.get("status").asInt()).isEqualTo(200);
    assertThat(line.get("code").asText()).isEqualTo("authorization_missing");
  }

  @Test
  void aClientThatGoesAwayIsSeenToHaveDoneSo() {
    backend.answers((request, socket) -> {});
    try (RawClient client = gateway.connect()) {
      client.send(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));
      await().until(() -> !backend.received().isEmpty());
    }

    JsonNode line = only();
    assertThat(line.get("outcome").asText()).isEqualTo("aborted");
    assertThat(line.has("status")).isFalse();
  }

  @Test
  void noTokenGetsIntoTheLogWhereverItIsPut() {
    String token = Tokens.of("acme");
    String basic =
        Base64.getEncoder()
            .encodeToString(("token-user:" + token).getBytes(StandardCharsets.UTF_8));
    List<String> requests =
        List.of(
            ForwardingTest.request("GET", "demo.acme", "/x?access_token=" + token, token, ""),
            ForwardingTest.request("GET", "demo.acme", "/x/" + token + "/y", token, ""),
            ForwardingTest.request(
                "GET",
                "demo.acme",
                "/x",
                token,
                "Cookie: session="
                    + token
                    + "\r\nUser-Agent: x "
                    + token
                    + "\r\nX-Key: "
                    + token
                    + "\r\nReferer: http://x/"
                    + token
                    + "\r\n"),
            "GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\nAuthorization: Basic "
                + basic
                + "\r\n\r\n",
            "GET http://u:"
                + token
                + "@demo.acme.example.test/x HTTP/1.1\r\n"
                + "Host: demo.acme.example.test\r\n\r\n",
            "GET /"
                + token.replace(".", "%2E")
                + "%zz HTTP/1.1\r\n"
                + "Host: demo.acme.example.test\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: " + token + "\r\n\r\n",
            "GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\nX-Username: " + token + "\r\n\r\n");

    requests.forEach(gateway::ask);

    await().untilAsserted(() -> assertThat(log.lines()).hasSize(requests.size()));
    String[] parts = token.split("\\.", -1);
    assertThat(String.join("\n", log.lines()))
        .contains("[token]")
        .doesNotContain("eyJ", parts[1], parts[2], parts[2].substring(0, 40), basic, "session");
  }

  @Test
  void everyLineIsPrintableAsciiWhateverClientsSend() {
    gateway.ask(
        ForwardingTest.request(
            "GET", "demo.acme", "/x", Tokens.of("acme"), "User-Agent: a\u00e9\u0085b\"\\\r\n"));
    gateway.ask("GET /\u001b[2J\u0085 HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");

    await().untilAsserted(() -> assertThat(log.lines()).isNotEmpty());
    assertThat(log.lines()).allMatch(line -> line.matches("[ -~]*"));
  }

  /** The client has the last byte before the line is written. */
  private JsonNode only() {
    await().untilAsserted(() -> assertThat(log.lines()).hasSize(1));
    try {
      return JSON.readTree(log.lines().get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
