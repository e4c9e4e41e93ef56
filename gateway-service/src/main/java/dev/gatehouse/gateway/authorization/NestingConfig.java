package dev.gatehouse.gateway.authorization;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Access among tenants that are nested in each other. */
@ConfigMapping(prefix = "gatehouse.nesting")
public interface NestingConfig {

  /**
   * What a nested tenant may do with the data of its ancestors: none, read, or full (whatever its
   * scopes allow).
   */
  @WithDefault("none")
  NestingSettings.AncestorAccess ancestorAccess();

  /** What a tenant may do with the data of the tenants nested in it: none or read. */
  @WithDefault("none")
  NestingSettings.DescendantAccess descendantAccess();

  /** Whether every tenant may read the data of the default tenant. */
  @WithDefault("false")
  boolean defaultReadable();

  /** As a value. */
  default NestingSettings settings() {
    return new NestingSettings(ancestorAccess(), descendantAccess(), defaultReadable());
  }
}
