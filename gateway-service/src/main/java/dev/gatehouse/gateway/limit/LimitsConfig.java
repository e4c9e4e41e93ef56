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

    /** Requests per second of a tenant: 1 to 10,000,000. */
    Optional<Long> requestsPerSecond();

    /** Bytes per second that a tenant may send, as {@code 10M}: 1 byte to 1 TiB. */
    Optional<MemorySize> bytesPerSecond();

    /** Requests of a tenant at a time: 1 to 1,000,000. */
    Optional<Long> concurrentRequests();

    /** WebSockets of a tenant at a time: 1 to 1,000,000. */
    Optional<Long> openStreams();

    /** Bytes of one body of a request, as {@code 100M}: 1 byte to 1 TiB. */
    Optional<MemorySize> bodyBytes();
  }
}
