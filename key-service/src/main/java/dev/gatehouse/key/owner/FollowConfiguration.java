package dev.gatehouse.key.owner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Following the feed of the tenants. */
@ConfigMapping(prefix = "gatehouse.feeds")
interface FollowConfiguration {

  /**
   * Whether another history of the tenants, such as that of a restored database, is followed at
   * once. Whatever it does not hold is removed here then, without anybody having looked.
   */
  @WithDefault("false")
  boolean acceptOtherHistory();

  /** How long tenant-service may hold its answer back until there is news. */
  @WithDefault("20s")
  Duration hold();

  /**
   * How long a replica that follows is waited for before another one takes its place; longer than
   * {@code hold}.
   */
  @WithDefault("40s")
  Duration lease();

  /** The pause after a question that was not answered, or answered with another history. */
  @WithDefault("2s")
  Duration retry();
}
