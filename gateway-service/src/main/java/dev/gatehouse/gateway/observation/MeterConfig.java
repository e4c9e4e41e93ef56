package dev.gatehouse.gateway.observation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds on what is measured. */
@ConfigMapping(prefix = "gatehouse.metrics")
public interface MeterConfig {

  /** The most tenants that have series of their own; those that come later share "_other". */
  @WithDefault("1000")
  int maxTenants();
}
