package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.listener.Listener;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.TrustSource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wiring in Quarkus: that our routes come first, and nothing of the framework shows. */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields.
@TestProfile(RunningGatewayTest.Profile.class)
class RunningGatewayTest {

  private static final int BODY = 20 * 1024 * 1024;

  @Inject Listener listener;

  @TestHTTPResource(management = true)
  URL management;

  RawBackend backend;

  @BeforeEach
  void forget() {
    backend.received().clear();
    backend.answers((request, socket) -> RawBackend.ok(request, socket, "ok"));
  }

  @Test
  void aLargeBodyStreamsThroughWithoutTheLimitOfTheFramework() {
    AtomicLong received = new AtomicLong();
    backend.answers(
        (request, socket) -> {
          received.set(request.readBody().length);
          RawBackend.ok(request, socket, "ok");
        });

    try (RawClient client = new RawClient(listener.port())) {
      client.send(
          ForwardingTest.request(
              "POST", "demo.acme", "/x", Tokens.of("acme"), "Content-Length: " + BODY + "\r\n"));
      client.send(new byte[BODY]);

      assertThat(client.answer().body()).isEqualTo("ok");
    }
    assertThat(received).hasValue(BODY);
  }

  @Test
  void aChunkedBodyStreamsThroughToo() {
    AtomicLong received = new AtomicLong();
    backend.answers(
        (request, socket) -> {
          received.set(request.readBody().length);
          RawBackend.ok(request, socket, "ok");
        });

    try (RawClient client = new RawClient(listener.port())) {
      client.send(
          ForwardingTest.request(
              "POST", "demo.acme", "/x", Tokens.of("acme"), "Transfer-Encoding: chunked\r\n"));
      for (int i = 0; i < 20; i++) {
        client.send("100000\r\n").send(new byte[1024 * 1024]).send("\r\n");
      }
      client.send("0\r\n\r\n");

      assertThat(client.answer().body()).isEqualTo("ok");
    }
    assertThat(received).hasValue(BODY);
  }

  @Test
  void aConnectionIsKeptFromRequestToRequest() {
    String token = Tokens.of("acme");

    try (RawClient client = new RawClient(listener.port())) {
      for (int i = 0; i < 3; i++) {
        client.send(ForwardingTest.request("GET", "demo.acme", "/x", token, ""));
        assertThat(client.answer().status()).isEqualTo(200);
        client.send(ForwardingTest.request("GET", "demo.other", "/x", token, ""));
        assertThat(client.answer().status()).isEqualTo(403);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/q/health",
        "/q/metrics",
        "/q/openapi",
        "/q/dev-ui",
        "/metrics",
        "/health/ready",
        "/internal/v1/changes"
      })
  void nothingOfTheFrameworkIsOnThePublicPort(String path) {
    RawClient.Answer control =
        ask("GET " + path + " HTTP/1.1\r\nHost: console.example.test\r\n\r\n");
    RawClient.Answer tenant =
        ask("GET " + path + " HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");
    RawClient.Answer unknown = ask("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    assertThat(control.code()).isEqualTo("route_unknown");
    assertThat(tenant.code()).isEqualTo("authorization_missing");
    assertThat(unknown.code()).isEqualTo("host_unknown");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/live", "/health/ready", "/health/started"})
  void theManagementPortAnswersWithoutAToken(String path) throws Exception {
    assertThat(manage(path).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/q/metrics",
        "/q/openapi",
        "/openapi",
        "/swagger-ui",
        "/api/v1/tenants",
        "/info"
      })
  void thereIsNothingElseOnTheManagementPort(String path) throws Exception {
    assertThat(manage(path).statusCode()).isEqualTo(404);
  }

  @Test
  void requestsShowInTheMetricsOnce() throws Exception {
    ask(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));

    await().untilAsserted(this::assertMetrics);
  }

  private void assertMetrics() throws Exception {
    List<String> lines = manage("/metrics").body().lines().toList();
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("gatehouse_requests_seconds_count{")
                    && line.contains("api=\"demo\"")
                    && line.contains("outcome=\"success\""))
        .anyMatch(line -> line.startsWith("gatehouse_requests_seconds_bucket{"))
        .anyMatch(line -> line.startsWith("gatehouse_inflight_requests"))
        .anyMatch(line -> line.startsWith("gatehouse_tenant_requests_total{"))
        .anyMatch(line -> line.startsWith("gatehouse_tenant_bytes_total{"))
        .noneMatch(line -> line.startsWith("http_server_requests"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /x HTTP/1.1\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /a%zz HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n",
        "GET /a|b HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\nX-Scope-OrgID : acme\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\nX-A: b\rX-Scope-OrgID: acme\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\n X-Folded: a\r\n\r\n",
        "CONNECT demo.acme.example.test:80 HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n",
        "GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\nContent-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\nab"
      })
  void whatIsMalformedIsRefusedBeforeAnythingElse(String request) {
    RawClient.Answer answer = ask(request);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(backend.received()).isEmpty();
  }

  private RawClient.Answer ask(String request) {
    try (RawClient client = new RawClient(listener.port())) {
      return client.send(request).answer(request.substring(0, request.indexOf(' ')));
    }
  }

  private HttpResponse<String> manage(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management.getPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** Knows at once what a real gateway would learn from its services. */
  @Alternative
  @Singleton
  static class KnownTrust {

    @Produces
    @Singleton
    TrustSource trust() {
      return new FakeTrustSource(TestGateway.trust());
    }
  }

  /** One api; services that are not there. */
  public static final class Profile implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "AUTH_API_KEY", "0123456789-0123456789-0123456789",
          "quarkus.management.test-port", "0",
          "gatehouse.domain", "example.test",
          "gatehouse.host-template", "{api}.{tenant}.{domain}",
          "gatehouse.apis.demo.catalog", "any",
          "gatehouse.tenant-service.url", "http://127.0.0.1:1",
          "gatehouse.key-service.url", "http://127.0.0.1:1");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return Set.of(KnownTrust.class);
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(new TestResourceEntry(Backend.class));
    }
  }

  /** The upstream of the api. */
  public static final class Backend implements QuarkusTestResourceLifecycleManager {

    private final RawBackend backend = new RawBackend();

    @Override
    public Map<String, String> start() {
      return Map.of("gatehouse.apis.demo.upstream", backend.url());
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(backend, new TestInjector.MatchesType(RawBackend.class));
    }

    @Override
    public void stop() {
      backend.close();
    }
  }
}
