package dev.gatehouse.gateway.listener;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/** What operators see of the listener; read when somebody scrapes. */
final class ListenerMeters {

  private ListenerMeters() {}

  /**
   * Registers them.
   *
   * @param certificate null where TLS ends before the gateway: then there is nothing to tell of it
   */
  static void register(
      MeterRegistry registry, Traffic traffic, @Nullable CertificateFiles certificate) {
    Gauge.builder("gatehouse.connections", traffic, Traffic::connections)
        .description("Connections of clients that are open")
        .strongReference(true)
        .register(registry);
    if (certificate != null) {
      Gauge.builder("gatehouse.tls.certificate.expiry.timestamp", certificate, ListenerMeters::end)
          .description("When the certificate expires that is served, as a Unix time")
          .baseUnit("seconds")
          .strongReference(true)
          .register(registry);
      Gauge.builder("gatehouse.tls.certificate.refused", certificate, it -> it.refused() ? 1 : 0)
          .description("Whether the files hold nothing usable and the former one is served")
          .strongReference(true)
          .register(registry);
    }
  }

  private static double end(CertificateFiles certificate) {
    return certificate.served().leaf().getNotAfter().toInstant().getEpochSecond();
  }
}
