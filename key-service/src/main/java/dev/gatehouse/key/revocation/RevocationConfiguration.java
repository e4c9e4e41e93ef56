package dev.gatehouse.key.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Revocations. */
@ConfigMapping(prefix = "gatehouse.revocations")
interface RevocationConfiguration {

  /** How often one replica removes those whose tokens are past. */
  @WithDefault("1m")
  Duration sweepEvery();
}
