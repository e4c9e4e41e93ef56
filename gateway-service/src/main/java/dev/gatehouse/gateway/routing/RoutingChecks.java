package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.CatalogDefinition;
import dev.gatehouse.gateway.catalog.Catalogs;
import dev.gatehouse.gateway.routing.ApisConfig.ApiConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Turns configuration into values that cannot be wrong, or stops the start with a sentence that
 * names the key and the remedy.
 */
final class RoutingChecks {

  /** What clients or the gateway itself say with headers of these names has another meaning. */
  private static final Set<String> TAKEN_HEADERS =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "cookie",
          "host",
          "transfer-encoding",
          "upgrade",
          "via",
          "x-api-key",
          "x-username");

  private RoutingChecks() {}

  static Apis apis(ApisConfig config) {
    List<Api> apis = new ArrayList<>();
    for (Map.Entry<String, ApiConfig> entry : config.apis().entrySet()) {
      apis.add(api(entry.getKey(), entry.getValue()));
    }
    return new Apis(apis);
  }

  static Hosts hosts(HostsConfig config, Apis apis) {
    Hosts hosts =
        checked(
            "gatehouse.domain and gatehouse.control-hosts",
            () -> new Hosts(config.hostTemplate(), config.domain(), config.controlHosts()));
    Hosts withoutControl = new Hosts(config.hostTemplate(), config.domain(), Set.of());
    for (String host : hosts.controlHosts()) {
      if (isOfAnApi(host, withoutControl, apis)) {
        throw new ConfigurationException(
            "gatehouse.control-hosts names "
                + host
                + ", which is a host of an api; no backend is"
                + " served on a control host, so take another name");
      }
    }
    return hosts;
  }

  private static boolean isOfAnApi(String host, Hosts hosts, Apis apis) {
    if (host.equals("api." + hosts.domain())) {
      return true;
    }
    Destination destination = hosts.destination(host, StrictPath.parse("/"));
    if (destination instanceof Destination.ApiHost apiHost) {
      return apis.named(apiHost.api()).isPresent();
    }
    return destination instanceof Destination.TenantHost tenantHost
        && apis.named(tenantHost.api()).isPresent();
  }

  private static Api api(String name, ApiConfig config) {
    String key = "gatehouse.apis." + name;
    ApiName apiName = checked(key, () -> new ApiName(name));
    CatalogDefinition definition =
        Catalogs.builtIn(config.catalog())
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        key
                            + ".catalog is "
                            + config.catalog()
                            + ", which is not known; use one of "
                            + String.join(", ", Catalogs.names())));
    Catalog catalog = definition.compile(config.prometheusPrefix());
    Optional<Set<TenantId>> tenants = config.tenants().map(t -> tenants(key + ".tenants", t));
    if (catalog.ignoresTenantHeader() && tenants.isEmpty()) {
      throw new ConfigurationException(
          key
              + ".tenants is not set, but a backend with the catalog "
              + catalog
              + " ignores the tenant header; list the tenants that may share its data");
    }
    return new Api(
        apiName,
        upstream(key + ".upstream", config.upstream()),
        catalog,
        header(key + ".tenant-header", config.tenantHeader()),
        tenants,
        timeouts(key + ".timeouts", config.timeouts()),
        config.allowSetCookie());
  }

  private static Set<TenantId> tenants(String key, List<String> names) {
    Set<TenantId> tenants = new LinkedHashSet<>();
    for (String name : names) {
      if (!tenants.add(checked(key, () -> new TenantId(name)))) {
        throw new ConfigurationException(key + " names " + name + " twice; keep one");
      }
    }
    return tenants;
  }

  private static URI upstream(String key, URI upstream) {
    boolean http = "http".equals(upstream.getScheme()) || "https".equals(upstream.getScheme());
    if (!http
        || upstream.getHost() == null
        || upstream.getRawUserInfo() != null
        || upstream.getRawQuery() != null
        || upstream.getRawFragment() != null) {
      throw new ConfigurationException(
          key
              + " is no URL of a backend; write it like http://cortex:8080, without credentials,"
              + " query and fragment");
    }
    String text = upstream.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : upstream;
  }

  private static String header(String key, String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '-') {
        throw new ConfigurationException(
            key + " is " + name + "; a header has letters, digits and hyphens, like X-Scope-OrgID");
      }
    }
    if (TAKEN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new ConfigurationException(
          key
              + " is "
              + name
              + ", which means something else; use the header that the backend"
              + " reads its tenant from");
    }
    return name;
  }

  private static Api.Timeouts timeouts(String key, ApisConfig.Timeouts config) {
    return new Api.Timeouts(
        positive(key + ".response", config.response()), positive(key + ".idle", config.idle()));
  }

  private static Duration positive(String key, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new ConfigurationException(key + " is not above zero; give a time such as 30s");
    }
    return duration;
  }

  private static <T> T checked(String key, Supplier<T> value) {
    try {
      return value.get();
    } catch (Invalid e) {
      throw new ConfigurationException(key + ": " + e.detail(), e);
    }
  }
}
