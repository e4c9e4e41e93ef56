package dev.gatehouse.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether requests on the data plane need a token. */
@ConfigMapping(prefix = "gatehouse.tenancy")
public interface TenancyConfig {

  /**
   * Whether there are tenants and tokens. False lets everybody act as the default tenant without a
   * token; the control plane stays closed then.
   */
  @WithDefault("true")
  boolean multi();

  /** Says that the former is meant; else a production start without tenants is refused. */
  @WithDefault("false")
  boolean allowAnonymous();
}
