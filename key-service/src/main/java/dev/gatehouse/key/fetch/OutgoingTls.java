package dev.gatehouse.key.fetch;

import dev.gatehouse.common.tls.Authorities;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom this service believes when it calls over TLS. */
@ApplicationScoped
class OutgoingTls {

  private final Authorities authorities;

  OutgoingTls(OutgoingTlsConfiguration configuration) {
    this.authorities = Authorities.with(configuration.caFile());
  }

  /** A file that cannot be used is said at the start, not at the first call. */
  void check(@Observes StartupEvent event) {}

  @Produces
  @Singleton
  Authorities authorities() {
    return authorities;
  }
}
