package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.catalog.PathPrefix;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The apis that the gateway serves. */
@ConfigMapping(prefix = "gatehouse.apis")
public interface ApisConfig {

  /** By name: 2 to 20 characters of a-z and 0-9. */
  @WithParentName
  Map<String, ApiConfig> apis();

  /** One backend behind one name. */
  interface ApiConfig {

    /** Where the backend is: an http or https URL; a path in it goes before each request's path. */
    URI upstream();

    /** The list of what clients may ask for: mimir (Cortex too), loki, prometheus or any. */
    String catalog();

    /** The header that tells the backend its tenant. */
    @WithDefault("X-Scope-OrgID")
    String tenantHeader();

    /**
     * Where a Mimir or Cortex serves the Prometheus API: /prometheus, /api/prom, or nothing. Query
     * paths that clients send without it gain it. Of no effect with other catalogs.
     */
    @WithDefault("/prometheus")
    @WithConverter(PathPrefixConverter.class)
    PathPrefix prometheusPrefix();

    /**
     * The only tenants that may use the api; all if left out. Required with a catalog whose backend
     * ignores the tenant header (prometheus), because they share its data.
     */
    Optional<List<String>> tenants();

    /** How long the backend may take. */
    Timeouts timeouts();

    /** Whether cookies that the backend sets reach clients. */
    @WithDefault("false")
    boolean allowSetCookie();
  }

  /** How long a backend may take before the client is answered 504. */
  interface Timeouts {

    /** To begin its answer, once the whole request was sent. */
    @WithDefault("2m")
    Duration response();

    /** Without a byte in either direction, in a body or on a WebSocket. */
    @WithDefault("1h")
    Duration idle();
  }
}
