package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One api: its backends, what may be asked of them, and by which tenants. */
public final class Api {

  private static final Map<OperationClass, Scope> EVERY_API = scopes("*");

  private final ApiName name;
  private final Catalog catalog;
  private final Backends backends;
  private final Settings settings;
  private final Map<OperationClass, Scope> scopes;

  /** Takes what is checked already: there is a backend for each operation of the catalog. */
  public Api(ApiName name, Catalog catalog, Backends backends, Settings settings) {
    this.name = name;
    this.catalog = catalog;
    this.backends = backends;
    this.settings = settings;
    this.scopes = scopes(name.value());
  }

  /**
   * How it treats requests.
   *
   * @param tenants the only ones that may use it; empty: all
   * @param allowsSetCookie whether cookies of the backend reach clients
   * @param forwardsToken whether the client's token reaches the backend
   * @param federates whether several tenants may be asked at once where the catalog allows that
   */
  public record Settings(
      String tenantHeader,
      Optional<Set<TenantId>> tenants,
      boolean allowsSetCookie,
      boolean forwardsToken,
      boolean federates,
      Mode mode) {

    /** Nothing but the usual tenant header. */
    public static final Settings USUAL =
        new Settings("X-Scope-OrgID", Optional.empty(), false, false, false, Mode.ENFORCE);

    public Settings {
      tenants = tenants.map(Set::copyOf);
    }
  }

  public ApiName name() {
    return name;
  }

  public Catalog catalog() {
    return catalog;
  }

  /** Where an operation of the catalog is done. */
  public Backend backend(Operation operation) {
    Backend backend = backends.find(operation);
    if (backend == null) {
      throw new IllegalStateException("Nothing serves " + operation.name() + " of " + name);
    }
    return backend;
  }

  /** The one that takes whatever no other takes. */
  public Optional<Backend> overallBackend() {
    return backends.overall();
  }

  /** All of them. */
  public List<Backend> backends() {
    return backends.list();
  }

  public String tenantHeader() {
    return settings.tenantHeader();
  }

  public boolean serves(TenantId tenant) {
    return settings.tenants().isEmpty() || settings.tenants().get().contains(tenant);
  }

  public boolean allowsSetCookie() {
    return settings.allowsSetCookie();
  }

  public boolean forwardsToken() {
    return settings.forwardsToken();
  }

  public boolean federates() {
    return settings.federates();
  }

  /** Whether what is refused goes on all the same. */
  public boolean reportsOnly() {
    return settings.mode() == Mode.REPORT;
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
