package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.name.Instance;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which deployment this is. */
@ConfigMapping(prefix = "gatehouse")
public interface InstanceSettings {

  /** The deployment's name, {@code [a-z0-9-]{2,23}}; tenant tokens name it in their audience. */
  @WithDefault("local")
  Instance instance();
}
