package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class IssuersReadinessTest {

  private final IssuersReadiness readiness = new IssuersReadiness();

  @Test
  void itIsNotReadyUntilTheIssuersOfTheConfigurationAreRegistered() {
    assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);

    readiness.registered();

    assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
  }
}
