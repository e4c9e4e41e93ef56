package dev.gatehouse.gateway.trust;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the trust comes from, where it is kept, and for how long the gateway goes by it. */
@ConfigMapping(prefix = "gatehouse")
interface TrustConfiguration {

  /** The tenant-service. */
  Service tenantService();

  /** The key-service. */
  Service keyService();

  /**
   * The folder of this gateway alone in which the trust is kept, so that it can start again with
   * the services gone. Default: nothing is kept.
   */
  Optional<Path> stateDir();

  /**
   * What this gateway is called in receipts and lists: 1 to 253 printable ASCII characters without
   * blanks. Default: the name of its host.
   */
  Optional<String> gatewayName();

  /** For how long the gateway goes by what it knows. */
  Bounds trust();

  /** How the change feeds are followed. */
  Feeds feeds();

  /** One service. */
  interface Service {

    /** Its HTTP port as a URL, {@code http} or {@code https}. */
    URI url();
  }

  /** Bounds of age. */
  interface Bounds {

    /**
     * For how long the gateway goes on serving when it does not hear from a service: 1 minute or
     * more. Beyond it every request is answered 503 instead of trusting old keys. Default: without
     * end.
     */
    Optional<Duration> maxStaleness();

    /**
     * How long ago the service may have been there last for the copy on disk to be used: 1 minute
     * or more. An older copy is left unused, and the start waits for the services.
     */
    @WithDefault("7d")
    Duration maxDiskAge();
  }

  /** The change feeds. */
  interface Feeds {

    /**
     * Whether the gateway takes over the state of a service that tells another history, as one does
     * whose database was restored. Removed keys may come back by that, so that in production it is
     * for an operator to say; for instances that are wiped now and then it is handy.
     */
    @WithDefault("false")
    boolean acceptOtherHistory();

    /**
     * How often, at most, the key-service is told which keys were used: 1 second or more. What it
     * shows as the last use of a key is late by so much, and by the minute to which uses are noted.
     */
    @WithDefault("1m")
    Duration usageEvery();
  }
}
