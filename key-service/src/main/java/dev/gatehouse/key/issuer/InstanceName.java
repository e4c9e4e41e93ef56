package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Instance;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The name of this deployment, {@code gatehouse.instance}: the audiences of tenants' issuers begin
 * with it, so it has to be the same in all three services.
 */
@ApplicationScoped
class InstanceName {

  private final Instance instance;

  InstanceName(@ConfigProperty(name = "gatehouse.instance", defaultValue = "local") String name) {
    try {
      this.instance = new Instance(name);
    } catch (Invalid e) {
      throw new IllegalStateException(
          "gatehouse.instance is wrong: " + e.detail() + ". Set it to the deployment's name.");
    }
  }

  Instance get() {
    return instance;
  }
}
