package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.observation.Collector;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a collector of OpenTelemetry gets, and what a backend is told of it. */
@SuppressWarnings("NullAway.Init") // Each test starts the gateway as it needs it.
class TracesTest {

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String HEADER = "traceparent: 00-" + TRACE + "-" + PARENT + "-";

  private final RawBackend backend = new RawBackend();
  private final Collector collector = new Collector();
  private TestGateway gateway;

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
    collector.close();
  }

  @Test
  void aRequestIsASpanAndSoIsTheCallThatItCauses() {
    start(1, false);

    get("/x?secret=value", "");

    String[] told = backend.last().value("traceparent").split("-", -1);
    String spans = collector.received(gateway.registry);
    assertThat(told).hasSize(4);
    assertThat(told[3]).isEqualTo("01");
    assertThat(spans)
        .contains(bytes(told[1]), bytes(told[2]))
        .contains("gatehouse-gateway", "service.namespace", "test-instance")
        .contains("GET /", "http.route", "http.request.method", "url.path", "/x")
        .contains("server.address", "demo.acme.example.test", "127.0.0.1", "server.port")
        .contains("http.response.status_code", "client.address")
        .contains("gatehouse.tenant", "acme", "gatehouse.api", "demo", "gatehouse.operation")
        .contains("gatehouse.outcome", "success", "gatehouse.request_id")
        .doesNotContain("gatehouse.code", "secret", "eyJ");
  }

  @Test
  void aRefusalIsASpanWithItsCodeAndWithoutATenant() {
    start(1, false);

    gateway.ask(ForwardingTest.request("GET", "demo.other", "/x", Tokens.of("acme"), ""));

    assertThat(collector.received(gateway.registry))
        .contains("gatehouse.code", "tenant_mismatch", "http.response.status_code")
        .doesNotContain("gatehouse.tenant");
    assertThat(backend.received()).isEmpty();
  }

  @Test
  void aMalformedRequestIsASpanToo() {
    start(1, false);

    gateway.ask("GET /a%zz HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");

    assertThat(collector.received(gateway.registry)).contains("gatehouse.code", "path_refused");
  }

  @Test
  void aBackendThatIsGoneLeavesAnError() {
    start(1, false);
    backend.close();

    get("/x", "");

    assertThat(collector.received(gateway.registry)).contains("error.type", "upstream_unreachable");
  }

  @Test
  void aClientsTraceGoesOn() {
    start(1, false);

    get("/x", HEADER + "00\r\ntracestate: a=1\r\ntracestate: b=2\r\n");

    String told = backend.last().value("traceparent");
    assertThat(told).startsWith("00-" + TRACE + "-").endsWith("-01").doesNotContain(PARENT);
    assertThat(backend.last().value("tracestate")).isEqualTo("a=1,b=2");
    assertThat(collector.received(gateway.registry)).contains(bytes(TRACE), bytes(PARENT));
  }

  @Test
  void aTraceThatIsNotValidIsNotContinued() {
    start(1, false);

    get("/x", "traceparent: 00-" + TRACE + "-0000000000000000-01\r\ntracestate: a=1\r\n");
    assertThat(backend.last().value("traceparent")).doesNotContain(TRACE).endsWith("-01");
    assertThat(backend.last().values("tracestate")).isEmpty();

    get("/x", HEADER + "01\r\n" + HEADER + "01\r\n");
    assertThat(backend.last().value("traceparent")).doesNotContain(TRACE).endsWith("-01");

    get("/x", HEADER + "01\r\ntracestate: a=" + "x".repeat(600) + "\r\n");
    assertThat(backend.last().value("traceparent")).contains(TRACE);
    assertThat(backend.last().values("tracestate")).isEmpty();
  }

  @Test
  void aClientDoesNotDecideWhatIsRecorded() {
    start(0, false);

    get("/x", HEADER + "01\r\n");

    assertThat(backend.last().value("traceparent")).contains(TRACE).endsWith("-00");
    assertThat(collector.received(gateway.registry)).isEmpty();
  }

  @Test
  void aClientDecidesWhereOperatorsTrustIt() {
    start(0, true);

    get("/x", HEADER + "01\r\n");

    assertThat(backend.last().value("traceparent")).contains(TRACE).endsWith("-01");
    assertThat(collector.received(gateway.registry)).contains(bytes(TRACE));
  }

  @Test
  void withoutTracesTheHeadersPassUntouched() {
    gateway = TestGateway.with(TestGateway.trust()).api("demo", "any", backend.url()).start();

    get("/x", HEADER + "01\r\ntracestate: a=1\r\n");

    assertThat(backend.last().value("traceparent")).isEqualTo("00-" + TRACE + "-" + PARENT + "-01");
    assertThat(backend.last().value("tracestate")).isEqualTo("a=1");
  }

  private void start(double ratio, boolean trustParent) {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .observed(meters -> collector.watching(meters, ratio, trustParent))
            .start();
  }

  private void get(String target, String headers) {
    gateway.ask(ForwardingTest.request("GET", "demo.acme", target, Tokens.of("acme"), headers));
  }

  /** A character for each byte, as the collector keeps what it gets. */
  private static String bytes(String hex) {
    StringBuilder bytes = new StringBuilder();
    for (byte b : HexFormat.of().parseHex(hex)) {
      bytes.append((char) (b & 0xff));
    }
    return bytes.toString();
  }
}
