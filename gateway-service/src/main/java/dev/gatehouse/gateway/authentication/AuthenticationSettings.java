package dev.gatehouse.gateway.authentication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

/** How tokens are verified. */
@ConfigMapping(prefix = "gatehouse.authentication")
public interface AuthenticationSettings {

  /** How far the clocks of those who mint tokens may be off ours; at most 5 minutes. */
  @WithDefault("30s")
  Duration clockSkew();

  /** How many verified tokens are remembered; each takes about 1 KiB. */
  @WithDefault("100000")
  int cacheEntries();

  /** How long a verified token is remembered that nobody uses. */
  @WithDefault("1h")
  Duration cacheIdle();

  /** How many refused tokens are remembered. */
  @WithDefault("10000")
  int refusedEntries();

  /** How long a refused token is remembered, unless a change of the trust may help it earlier. */
  @WithDefault("10s")
  Duration refusedFor();

  /**
   * How many threads verify the tokens that take long, and all new ones while many are refused;
   * half as many as there are processors unless set.
   */
  OptionalInt threads();

  /**
   * How many tokens may wait for a thread; what comes beyond is answered 503 {@code overloaded}.
   */
  @WithDefault("1000")
  int queue();
}
