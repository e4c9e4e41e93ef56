package dev.gatehouse.gateway.observation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness as a metric. Kubernetes tells nobody but itself what a probe said, and who is asked to
 * wake up when no gateway is ready should not need a second exporter for it. The checks of the
 * gateway only look at memory, so a scrape may ask them.
 */
@Singleton
class ReadinessMeter {

  private final List<HealthCheck> checks;

  ReadinessMeter(@Readiness Instance<HealthCheck> checks, MeterRegistry registry) {
    this.checks = checks.stream().toList();
    Gauge.builder("gatehouse.ready", this, it -> it.isReady() ? 1 : 0)
        .description("Whether the gateway is ready, as /health/ready says it")
        .strongReference(true)
        .register(registry);
  }

  /** There from the start, as nobody injects it. */
  void start(@Observes StartupEvent event) {}

  private boolean isReady() {
    return checks.stream()
        .allMatch(check -> check.call().getStatus() == HealthCheckResponse.Status.UP);
  }
}
