package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.OperationClass;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One api: its backend, what may be asked of it, and by which tenants. */
public final class Api {

  private static final Map<OperationClass, Scope> EVERY_API = scopes("*");

  private final ApiName name;
  private final URI upstream;
  private final Catalog catalog;
  private final String tenantHeader;
  private final Optional<Set<TenantId>> tenants;
  private final Timeouts timeouts;
  private final boolean allowsSetCookie;
  private final Map<OperationClass, Scope> scopes;

  /**
   * Takes what is checked already.
   *
   * @param tenants the only ones that may use it; empty: all
   */
  public Api(
      ApiName name,
      URI upstream,
      Catalog catalog,
      String tenantHeader,
      Optional<Set<TenantId>> tenants,
      Timeouts timeouts,
      boolean allowsSetCookie) {
    this.name = name;
    this.upstream = upstream;
    this.catalog = catalog;
    this.tenantHeader = tenantHeader;
    this.tenants = tenants.map(Set::copyOf);
    this.timeouts = timeouts;
    this.allowsSetCookie = allowsSetCookie;
    this.scopes = scopes(name.value());
  }

  /**
   * How long the backend may take.
   *
   * @param response to begin its answer, once the whole request was sent
   * @param idle without a byte in either direction
   */
  public record Timeouts(Duration response, Duration idle) {}

  public ApiName name() {
    return name;
  }

  /** http or https, with a host; without query, fragment, credentials and final slash. */
  public URI upstream() {
    return upstream;
  }

  public Catalog catalog() {
    return catalog;
  }

  public String tenantHeader() {
    return tenantHeader;
  }

  public boolean serves(TenantId tenant) {
    return tenants.isEmpty() || tenants.get().contains(tenant);
  }

  public Timeouts timeouts() {
    return timeouts;
  }

  public boolean allowsSetCookie() {
    return allowsSetCookie;
  }

  /**
   * Whether the scopes allow operations of this class here: {@code <api>:<class>} or {@code *:}.
   */
  public boolean isAllowed(OperationClass kind, Collection<Scope> granted) {
    return granted.contains(scopes.get(kind)) || granted.contains(EVERY_API.get(kind));
  }

  @Override
  public String toString() {
    return name.value();
  }

  private static Map<OperationClass, Scope> scopes(String api) {
    Map<OperationClass, Scope> scopes = new EnumMap<>(OperationClass.class);
    for (OperationClass kind : OperationClass.values()) {
      scopes.put(kind, new Scope(api + ":" + kind.access()));
    }
    return scopes;
  }
}
