package dev.gatehouse.gateway.listener;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What happens between SIGTERM and the end. */
@ConfigMapping(prefix = "gatehouse.drain")
public interface DrainConfig {

  /**
   * After SIGTERM: how long to go on as before, only not ready and with answers that end their
   * connection, until balancers have noticed.
   */
  @WithDefault("0s")
  Duration delay();

  /** How long requests under way may take after that delay; what is left is cut. */
  @WithDefault("60s")
  Duration timeout();
}
