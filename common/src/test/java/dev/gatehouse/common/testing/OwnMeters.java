package dev.gatehouse.common.testing;

import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Forgets all meters when an application stops. Micrometer's global registry belongs to the JVM:
 * the next application of a test run would find the gauges of this one, and show what stood there
 * when it stopped.
 */
@ApplicationScoped
class OwnMeters {

  void forget(@Observes ShutdownEvent event) {
    Metrics.globalRegistry.clear();
  }
}
