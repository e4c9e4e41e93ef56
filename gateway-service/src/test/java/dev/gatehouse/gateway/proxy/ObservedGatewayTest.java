package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.gateway.listener.Listener;
import dev.gatehouse.gateway.observation.Collector;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That configuration switches the access log and traces on, in Quarkus. */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus sets the fields.
@TestProfile(ObservedGatewayTest.Profile.class)
class ObservedGatewayTest {

  /** Spans are sent every five seconds. */
  private static final Duration LATER = Duration.ofSeconds(30);

  @Inject Listener listener;

  Collector collector;
  Path log;

  @Test
  void aRequestIsInTheAccessLogAndInATrace() {
    try (RawClient client = new RawClient(listener.port())) {
      client.send(
          ForwardingTest.request(
              "GET", "demo.acme", "/x?a=b", Tokens.of("acme"), "X-Request-Id: seen-by-all\r\n"));
      assertThat(client.answer().status()).isEqualTo(200);
    }

    await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(log))
                    .contains("\"requestId\":\"seen-by-all\"", "\"query\":\"a=b\""));
    await()
        .atMost(LATER)
        .untilAsserted(
            () ->
                assertThat(collector.received())
                    .contains("seen-by-all", "gatehouse-gateway", "gatehouse.tenant"));
  }

  /** The gateway of the other tests, with all of it switched on. */
  public static final class Profile implements QuarkusTestProfile {

    private final RunningGatewayTest.Profile plain = new RunningGatewayTest.Profile();

    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(plain.getConfigOverrides());
      config.put("gatehouse.access-log.enabled", "true");
      config.put("gatehouse.access-log.query", "true");
      config.put("gatehouse.traces.ratio", "1");
      return config;
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
      return plain.getEnabledAlternatives();
    }

    @Override
    public List<TestResourceEntry> testResources() {
      return List.of(
          new TestResourceEntry(RunningGatewayTest.Backend.class),
          new TestResourceEntry(Watching.class));
    }
  }

  /** Where the gateway reports to. */
  public static final class Watching implements QuarkusTestResourceLifecycleManager {

    private final Collector collector = new Collector();
    private final Path log = file();

    @Override
    public Map<String, String> start() {
      return Map.of(
          "gatehouse.access-log.file", log.toString(),
          "gatehouse.traces.endpoint", collector.endpoint());
    }

    @Override
    public void inject(TestInjector injector) {
      injector.injectIntoFields(collector, new TestInjector.MatchesType(Collector.class));
      injector.injectIntoFields(log, new TestInjector.MatchesType(Path.class));
    }

    @Override
    public void stop() {
      collector.close();
      try {
        Files.deleteIfExists(log);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static Path file() {
      try {
        return Files.createTempFile("access", ".log");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
