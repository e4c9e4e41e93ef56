package dev.gatehouse.key.issuer;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready when the issuers of the configuration are registered: before, gateways would hear of nobody
 * who vouches for operators, and refuse them for good instead of asking them to come again.
 */
@Readiness
@ApplicationScoped
class IssuersReadiness implements HealthCheck {

  private static final String NAME = "issuers";

  private volatile boolean registered;

  void registered() {
    registered = true;
  }

  boolean areRegistered() {
    return registered;
  }

  @Override
  public HealthCheckResponse call() {
    return registered ? HealthCheckResponse.up(NAME) : HealthCheckResponse.down(NAME);
  }
}
