package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.proxy.RawHttp2.Frame;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a gRPC client sees of a refusal, frame by frame. */
class GrpcRefusalTest {

  private static final String EXPORT =
      "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  private static final byte[] MESSAGE = {0, 0, 0, 0, 1, 0};

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(TrustBuilder.from(TestGateway.trust()).suspended("asleep").build())
            .api("demo", "any", backend.url())
            .api("cortex", "mimir", backend.url())
            .http2("gone", "http://127.0.0.1:1")
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aRefusalIsOneBlockOfHeadersThatEndsTheStream() {
    List<Frame> frames = ask("demo.acme", "", "application/grpc");

    assertThat(frames).singleElement().matches(Frame::isHeaders).matches(Frame::endsStream);
    assertThat(frames.get(0).headers())
        .containsEntry(":status", "200")
        .containsEntry("content-type", "application/grpc")
        .containsEntry("grpc-status", "16")
        .hasEntrySatisfying(
            "grpc-message",
            message ->
                assertThat(message)
                    .startsWith("authorization_missing: Authorization header missing")
                    .contains("(request "))
        .doesNotContainKeys("grpc-status-details-bin", "www-authenticate", "retry-after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/grpc", "application/grpc+proto", "Application/GRPC; charset=x"})
  void eachSpellingOfTheMediaTypeIsUnderstood(String type) {
    assertThat(ask("demo.acme", "", type).get(0).headers()).containsEntry("grpc-status", "16");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/grpc-web",
        "application/grpc-web+proto",
        "application/grpcx",
        "application/json",
        "application/x-protobuf"
      })
  void whoeverSpeaksSomethingElseGetsAnAnswerOfHttp(String type) {
    List<Frame> frames = ask("demo.acme", "", type);

    assertThat(frames.get(0).headers())
        .containsEntry(":status", "401")
        .containsEntry("content-type", "application/problem+json")
        .doesNotContainKey("grpc-status");
    assertThat(frames.get(1).payload()).startsWith("{\"code\":\"authorization_missing\"");
  }

  @Test
  void aBackendThatIsGoneIsUnavailableAndSaysWhenToComeBack() {
    Map<String, String> headers =
        ask("gone.acme", Tokens.of("acme"), "application/grpc").get(0).headers();

    assertThat(headers)
        .containsEntry(":status", "200")
        .containsEntry("grpc-status", "14")
        .hasEntrySatisfying(
            "grpc-message", message -> assertThat(message).startsWith("upstream_unreachable: "));
    String details = String.valueOf(headers.get("grpc-status-details-bin"));
    assertThat(details).doesNotContain("=");
    assertThat(new String(Base64.getDecoder().decode(details), StandardCharsets.ISO_8859_1))
        .startsWith("\b\16\22")
        .contains("upstream_unreachable: ")
        .containsPattern("type\\.googleapis\\.com/google\\.rpc\\.RetryInfo\22\4\n\2\b[\1-\5]$");
  }

  @Test
  void noTenantApiOrOperationShowsWithoutAToken() {
    assertThat(status("demo.acme", "")).isEqualTo(16);
    assertThat(status("demo.nobody", "")).isEqualTo(16);
    assertThat(status("nothing.acme", "")).isEqualTo(16);
    assertThat(status("cortex.acme", "")).isEqualTo(16);
  }

  @Test
  void theStatusSaysWhetherToSendItAgain() {
    String token = Tokens.of("acme");

    assertThat(status("demo.other", token)).isEqualTo(7);
    assertThat(status("demo.asleep", Tokens.of("asleep"))).isEqualTo(7);
    assertThat(status("cortex.acme", token)).isEqualTo(12);
    assertThat(status("nothing.acme", token)).isEqualTo(12);
    assertThat(status("not-ours", token)).isEqualTo(12);
    assertThat(status("demo.acme", Tokens.expired("acme"))).isEqualTo(16);
  }

  @Test
  void aStreamThatIsStillOpenIsAnsweredToo() {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      List<Frame> frames =
          client.ask(headers("demo.other", Tokens.of("acme"), "application/grpc"), MESSAGE, false);

      assertThat(frames.get(0).headers()).containsEntry("grpc-status", "7");
      assertThat(frames.get(0).endsStream()).isTrue();
    }
  }

  /** Its twin, a call that goes through, is in {@link GrpcTest}. */
  @Test
  void aBackendThatSpeaksHttp1HasNoGrpc() {
    assertThat(status("demo.acme", Tokens.of("acme"))).isEqualTo(12);
    assertThat(backend.received()).isEmpty();
  }

  private int status(String host, String token) {
    return Integer.parseInt(
        String.valueOf(ask(host, token, "application/grpc").get(0).headers().get("grpc-status")));
  }

  private List<Frame> ask(String host, String token, String type) {
    try (RawHttp2 client = new RawHttp2(gateway.port())) {
      return client.ask(headers(host, token, type), MESSAGE, true);
    }
  }

  private static Map<String, String> headers(String host, String token, String type) {
    Map<String, String> headers = new HashMap<>();
    headers.put(":method", "POST");
    headers.put(":scheme", "http");
    headers.put(":path", EXPORT);
    headers.put(":authority", host + ".example.test");
    headers.put("content-type", type);
    headers.put("te", "trailers");
    if (!token.isEmpty()) {
      headers.put("authorization", "Bearer " + token);
    }
    return headers;
  }
}
