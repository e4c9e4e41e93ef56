package dev.gatehouse.gateway.proxy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether requests on the data plane need a token. */
@ConfigMapping(prefix = "gatehouse.tenancy")
public interface TenancyConfig {

  /**
   * {@code MULTI_TENANCY_ENABLED}. False lets everybody act as the default tenant without a token;
   * the control plane stays closed then.
   */
  @WithDefault("true")
  boolean multi();

  /** {@code GATEHOUSE_ALLOW_ANONYMOUS}. Says that the former is meant also in production. */
  @WithDefault("false")
  boolean allowAnonymous();
}
