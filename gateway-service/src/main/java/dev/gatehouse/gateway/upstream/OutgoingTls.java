package dev.gatehouse.gateway.upstream;

import dev.gatehouse.common.tls.Authorities;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Whom the gateway believes when it calls over TLS. */
@Singleton
class OutgoingTls {

  @Produces
  @Singleton
  Authorities authorities(OutgoingTlsConfig configuration) {
    return Authorities.with(configuration.caFile());
  }
}
