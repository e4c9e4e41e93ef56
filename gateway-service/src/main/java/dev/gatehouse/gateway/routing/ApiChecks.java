package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.CatalogDefinition;
import dev.gatehouse.gateway.catalog.Catalogs;
import dev.gatehouse.gateway.catalog.InvalidCatalog;
import dev.gatehouse.gateway.routing.ApisConfig.ApiConfig;
import dev.gatehouse.gateway.routing.ApisConfig.TimeoutsConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Turns the configuration of one api into one that cannot be wrong, or stops the start. */
final class ApiChecks {

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

  private final String key;
  private final ApiConfig config;

  private ApiChecks(String key, ApiConfig config) {
    this.key = key;
    this.config = config;
  }

  static Api api(String name, ApiConfig config) {
    String key = "gatehouse.apis." + name;
    return new ApiChecks(key, config).api(checked(key, () -> new ApiName(name)));
  }

  private Api api(ApiName name) {
    CatalogDefinition definition = definition();
    BackendChecks backends =
        BackendChecks.read(key, name, config, timeouts(), credentials(), definition);
    Catalog catalog =
        definition.compile(config.prometheusPrefix(), features(definition), backends::reaches);
    return new Api(name, catalog, backends.checked(catalog), settings(definition));
  }

  private CatalogDefinition definition() {
    try {
      return Catalogs.named(config.catalog()).orElseThrow(this::unknownCatalog);
    } catch (InvalidCatalog e) {
      throw new ConfigurationException(key + ".catalog: " + e.getMessage(), e);
    }
  }

  private ConfigurationException unknownCatalog() {
    return new ConfigurationException(
        key
            + ".catalog is "
            + config.catalog()
            + ", which is not known; use one of "
            + String.join(", ", Catalogs.names())
            + ", or the path of a file that ends in .yaml");
  }

  private Set<String> features(CatalogDefinition definition) {
    Set<String> features = new TreeSet<>(config.features().orElse(List.of()));
    Set<String> known = definition.features();
    for (String feature : features) {
      if (!known.contains(feature)) {
        throw new ConfigurationException(
            key
                + ".features names "
                + feature
                + ", which the catalog "
                + definition.name()
                + " does not have; "
                + (known.isEmpty() ? "leave it out" : "it has " + String.join(", ", known)));
      }
    }
    return features;
  }

  private Api.Settings settings(CatalogDefinition definition) {
    Optional<Set<TenantId>> tenants = config.tenants().map(this::tenants);
    if (definition.ignoresTenantHeader() && tenants.isEmpty()) {
      throw new ConfigurationException(
          key
              + ".tenants is not set, but a backend with the catalog "
              + definition.name()
              + " ignores the tenant header; list the tenants that may share its data");
    }
    if (config.federation() && !definition.federates()) {
      throw new ConfigurationException(
          key
              + ".federation is true, but no operation of the catalog "
              + definition.name()
              + " can be asked of several tenants; take it away");
    }
    return new Api.Settings(
        header(),
        tenants,
        config.allowSetCookie(),
        config.forwardToken(),
        config.federation(),
        config.mode());
  }

  private Set<TenantId> tenants(List<String> names) {
    String tenantsKey = key + ".tenants";
    Set<TenantId> tenants = new LinkedHashSet<>();
    for (String name : names) {
      if (!tenants.add(checked(tenantsKey, () -> new TenantId(name)))) {
        throw new ConfigurationException(tenantsKey + " names " + name + " twice; keep one");
      }
    }
    return tenants;
  }

  private String header() {
    String name = config.tenantHeader();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letterOrDigit =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!letterOrDigit && c != '-') {
        throw new ConfigurationException(
            key
                + ".tenant-header is "
                + name
                + "; a header has letters, digits and hyphens, like X-Scope-OrgID");
      }
    }
    if (TAKEN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new ConfigurationException(
          key
              + ".tenant-header is "
              + name
              + ", which means something else; use the header that the backend"
              + " reads its tenant from");
    }
    return name;
  }

  private Optional<UpstreamCredentials> credentials() {
    Optional<UpstreamCredentials> credentials =
        new CredentialsChecks(key + ".credentials").read(config.credentials());
    if (credentials.isPresent() && config.forwardToken()) {
      throw new ConfigurationException(
          key
              + ".forward-token is true, and credentials are set; the backend gets one of the two,"
              + " so take the other away");
    }
    return credentials;
  }

  private Timeouts timeouts() {
    TimeoutsConfig timeouts = config.timeouts();
    return new Timeouts(
        positive("connect", timeouts.connect()),
        positive("response", timeouts.response()),
        positive("idle", timeouts.idle()),
        timeouts.total().map(total -> positive("total", total)));
  }

  private Duration positive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new ConfigurationException(
          key + ".timeouts." + name + " is not above zero; give a time such as 30s");
    }
    return duration;
  }

  static <T> T checked(String key, Supplier<T> value) {
    try {
      return value.get();
    } catch (Invalid e) {
      throw new ConfigurationException(key + ": " + e.detail(), e);
    }
  }
}
