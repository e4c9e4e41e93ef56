package dev.gatehouse.gateway.routing;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Servers that answer the same: which of them gets a request is nobody's business.
 *
 * @param name that of the api, for some of its operations with their group or class: {@code cortex}
 *     or {@code cortex/push}
 * @param urls at least one; http or https, with a host, without query, fragment, credentials and
 *     final slash; all with the same scheme and path
 * @param http2 whether it is called by HTTP/2: with prior knowledge on http, negotiated (ALPN) on
 *     https
 */
public record Backend(
    String name,
    List<URI> urls,
    Timeouts timeouts,
    boolean http2,
    Optional<UpstreamCredentials> credentials) {

  public Backend {
    urls = List.copyOf(urls);
  }
}
