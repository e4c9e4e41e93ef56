package dev.gatehouse.key.network;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The HTTP proxy through which identity providers are called, where there is no direct way. */
@ConfigMapping(prefix = "gatehouse.oidc.proxy")
interface EgressProxyConfiguration {

  /**
   * Its address, {@code http://host:port}; for https it is asked to CONNECT (RFC 9110 §9.3.6).
   * Names of the operator's issuers are left to it; those of tenants' issuers are still resolved
   * and judged here, and it is given the address. Default: there is none.
   */
  Optional<URI> url();

  /** Whom it knows us as (Basic, RFC 7617). */
  Optional<String> username();

  /** The password that goes with it. */
  Optional<String> password();

  /** Hosts, comma list of {@code host} or {@code host:port}, that are called without it. */
  Optional<List<String>> except();
}
