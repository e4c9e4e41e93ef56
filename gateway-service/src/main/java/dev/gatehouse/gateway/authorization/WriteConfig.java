package dev.gatehouse.gateway.authorization;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is special about writing. */
@ConfigMapping(prefix = "gatehouse.write")
public interface WriteConfig {

  /**
   * How long after its end a token that is otherwise good is answered 503 token_expired on writes,
   * so that senders keep their data until the token was replaced; 0: at once 401.
   */
  @WithDefault("0s")
  Duration holdExpired();

  /** As a value. */
  default Holding holding() {
    if (holdExpired().isNegative()) {
      throw new ConfigurationException(
          "gatehouse.write.hold-expired is below zero; give a time such as 1h, or 0 for never");
    }
    return new Holding(holdExpired());
  }
}
