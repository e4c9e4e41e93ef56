package dev.gatehouse.gateway.listener;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Down as soon as the gateway is told to stop, so that balancers send nothing new. */
@Readiness
@Singleton
class ListenerReadiness implements HealthCheck {

  private final Listener listener;

  ListenerReadiness(Listener listener) {
    this.listener = listener;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("listener").status(listener.isOpen()).build();
  }
}
