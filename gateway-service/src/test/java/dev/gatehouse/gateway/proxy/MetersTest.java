package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.search.MeterNotFoundException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetersTest {

  private final RawBackend backend = new RawBackend();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(TestGateway.trust())
            .api("demo", "any", backend.url())
            .maxTenants(1)
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    backend.close();
  }

  @Test
  void aRequestIsCountedByApiOperationAndOutcome() {
    gateway.ask(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));
    gateway.ask(ForwardingTest.request("GET", "demo.other", "/x", Tokens.of("acme"), ""));
    gateway.ask("GET /x HTTP/1.1\r\nHost: demo.acme.example.test\r\n\r\n");

    // The client has the last byte before the gateway counts it.
    await()
        .ignoreException(MeterNotFoundException.class)
        .untilAsserted(
            () -> {
              assertThat(requests("demo", "read", "success")).isEqualTo(1);
              assertThat(requests("demo", "read", "tenant_mismatch")).isEqualTo(1);
              assertThat(requests("none", "none", "authorization_missing")).isEqualTo(1);
              assertThat(gateway.registry.get("gatehouse.inflight.requests").gauge().value())
                  .isZero();
            });
  }

  @Test
  void bytesAreCountedByTenant() {
    gateway.ask(
        ForwardingTest.request(
                "POST", "demo.acme", "/x", Tokens.of("acme"), "Content-Length: 5\r\n")
            + "hello");

    await()
        .ignoreException(MeterNotFoundException.class)
        .untilAsserted(
            () -> {
              assertThat(bytes("acme", "in")).isEqualTo(5);
              assertThat(bytes("acme", "out")).isEqualTo(2);
            });
  }

  @Test
  void tenantsBeyondTheBoundShareOneSeries() {
    gateway.ask(ForwardingTest.request("GET", "demo.acme", "/x", Tokens.of("acme"), ""));
    gateway.ask(ForwardingTest.request("GET", "demo.other", "/x", Tokens.of("other"), ""));
    gateway.ask(ForwardingTest.request("GET", "demo.acme--pay", "/x", Tokens.of("acme:pay"), ""));

    await()
        .ignoreException(MeterNotFoundException.class)
        .untilAsserted(() -> assertThat(requestsOf("_other")).isEqualTo(2));
    Set<String> tenants =
        gateway.registry.find("gatehouse.tenant.requests").counters().stream()
            .map(counter -> String.valueOf(counter.getId().getTag("tenant")))
            .collect(Collectors.toSet());
    assertThat(tenants).containsExactlyInAnyOrder("acme", "_other");
  }

  private double requestsOf(String tenant) {
    return gateway
        .registry
        .get("gatehouse.tenant.requests")
        .tags("tenant", tenant, "api", "demo", "outcome", "success")
        .counter()
        .count();
  }

  private long requests(String api, String operation, String outcome) {
    return gateway
        .registry
        .get("gatehouse.requests")
        .tags("api", api, "operation", operation, "outcome", outcome)
        .timer()
        .count();
  }

  private double bytes(String tenant, String direction) {
    return gateway
        .registry
        .get("gatehouse.tenant.bytes")
        .tags("tenant", tenant, "direction", direction)
        .counter()
        .count();
  }
}
