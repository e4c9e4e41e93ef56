package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.catalog.PathPrefix;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
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

  /** One backend, or several that share the work, behind one name. */
  interface ApiConfig {

    /**
     * Where the backend is: http or https URLs of servers that answer the same, with the same
     * scheme and path; a path in them goes before each request's path. May be left out if upstreams
     * cover all operations of the catalog.
     */
    Optional<List<String>> upstream();

    /**
     * URLs for some of the operations, by their path group in the catalog (push, query, traces, …)
     * or their class (read, write, rules, alerts, alertconfig). The group counts before the class,
     * the class before the upstream for all. {@code none}: they are not offered.
     */
    Map<String, List<String>> upstreams();

    /**
     * Which upstreams are called by HTTP/2, which gRPC needs: true (all), false (none), or names of
     * upstreams. Prior knowledge (h2c) on http, ALPN on https. Operations called by gRPC are
     * offered where their upstream is.
     */
    @WithDefault("false")
    List<String> http2();

    /**
     * The list of what clients may ask for: mimir (Cortex too), loki, tempo, prometheus, otlp, any,
     * or the path of a YAML file in the same form (file:/…, or what ends in .yaml).
     */
    String catalog();

    /** What is switched on of what the catalog offers only then, as zipkin and jaeger of tempo. */
    Optional<List<String>> features();

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

    /**
     * Whether a query may be asked of several tenants at once (X-Tenant-ID: a|b on the api's host)
     * where the catalog says that the backend can; its own tenant federation must be on.
     */
    @WithDefault("false")
    boolean federation();

    /**
     * enforce, or report: what would be refused is counted and forwarded as the client sent it,
     * with its own tenant header. That is no protection; it is for moving in.
     */
    @WithDefault("enforce")
    Mode mode();

    /** How long the backend may take. */
    TimeoutsConfig timeouts();

    /** By what the gateway is known to the backend; nothing if left out. */
    CredentialsConfig credentials();

    /** Whether the backend gets the client's token. Whoever has it can act as the client. */
    @WithDefault("false")
    boolean forwardToken();

    /** Whether cookies that the backend sets reach clients. */
    @WithDefault("false")
    boolean allowSetCookie();
  }

  /** How long a backend may take before the client is answered 504. */
  interface TimeoutsConfig {

    /** How long a connection to the backend may take to come about. */
    @WithDefault("${gatehouse.proxy.connect-timeout:2s}")
    Duration connect();

    /** How long it may take to begin its answer, once the whole request was sent. */
    @WithDefault("2m")
    Duration response();

    /** How long there may be no byte in either direction, in a body or on a WebSocket. */
    @WithDefault("1h")
    Duration idle();

    /**
     * How long all of it may take, from the request's beginning to the answer's end, WebSockets
     * excepted. Default: without end.
     */
    Optional<Duration> total();
  }

  /** What goes to the backend as Authorization: a user with a password, or a bearer token. */
  interface CredentialsConfig {

    /** The user of HTTP Basic; without a colon. */
    Optional<String> username();

    /** The password of HTTP Basic. */
    Optional<String> password();

    /** A file that holds the password; read at the start, a newline at its end is dropped. */
    Optional<Path> passwordFile();

    /** A bearer token, instead of a user. */
    Optional<String> bearerToken();

    /** A file that holds the bearer token; read at the start. */
    Optional<Path> bearerTokenFile();
  }
}
