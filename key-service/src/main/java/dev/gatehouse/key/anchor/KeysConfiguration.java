package dev.gatehouse.key.anchor;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Trust anchors. */
@ConfigMapping(prefix = "gatehouse.keys")
interface KeysConfiguration {

  /**
   * Whether operators may add keys of the owner {@code *}, which sign for every tenant, as the keys
   * of an Opstrace instance did.
   */
  @WithDefault("false")
  boolean wildcardOwner();
}
