package dev.gatehouse.gateway.limit;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/** What tenants may use at most. */
@ConfigMapping(prefix = "gatehouse.limits")
public interface LimitsConfig {

  /**
   * What counts for a tenant that does not have the same limit of its own, over all gateways.
   * Default: nothing is limited.
   */
  @WithName("default")
  Defaults defaults();

  /** Limits of one tenant. */
  interface Defaults {

    /** Requests per second: 1 to 10,000,000. */
    Optional<Long> requestsPerSecond();

    /** Bytes that are received per second, as {@code 10M}: 1 byte to 1 TiB. */
    Optional<MemorySize> bytesPerSecond();

    /** Requests at a time: 1 to 1,000,000. */
    Optional<Long> concurrentRequests();

    /** WebSockets at a time: 1 to 1,000,000. */
    Optional<Long> openStreams();

    /** Bytes of one body, as {@code 100M}: 1 byte to 1 TiB. */
    Optional<MemorySize> bodyBytes();
  }
}
