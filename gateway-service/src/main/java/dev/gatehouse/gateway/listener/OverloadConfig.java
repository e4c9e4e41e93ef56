package dev.gatehouse.gateway.listener;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much the gateway takes at a time. */
@ConfigMapping(prefix = "gatehouse.proxy")
public interface OverloadConfig {

  /** The most requests under way; the newest are answered with 503 {@code overloaded} at once. */
  @WithDefault("10000")
  int maxInflight();
}
