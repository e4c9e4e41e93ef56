package dev.gatehouse.common.feed.server;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The change feed of this service. */
@ConfigMapping(prefix = "gatehouse.feed")
public interface FeedConfiguration {

  /**
   * What the feed is called in {@code /api/v1/rollouts/<name>/<revision>}. Each service sets its
   * own; leave it.
   */
  String name();

  /**
   * For how long superseded changes and tombstones are kept. A follower that was away for longer
   * gets everything from the beginning.
   */
  @WithDefault("P7D")
  Duration keep();

  /** How often one replica looks for changes that need not be kept. */
  @WithDefault("10m")
  Duration sweepEvery();

  /** How many followers may be registered; further ones are refused. */
  @WithDefault("10000")
  int maxWatchers();

  /** How often the table is read even when no notification came, as notifications can get lost. */
  @WithDefault("1s")
  Duration poll();
}
