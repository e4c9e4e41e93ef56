package dev.gatehouse.gateway.trust;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up when what is known is enough to serve by. */
@Readiness
@Singleton
class TrustReadiness implements HealthCheck {

  private final TrustSource trust;

  TrustReadiness(TrustSource trust) {
    this.trust = trust;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("trust")
        .status(trust.ready())
        .withData("keysRevision", trust.keysRevision())
        .build();
  }
}
