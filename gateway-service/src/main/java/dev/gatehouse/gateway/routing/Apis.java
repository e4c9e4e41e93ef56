package dev.gatehouse.gateway.routing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The apis that are configured. */
public final class Apis {

  private final Map<ApiName, Api> byName;
  private final Set<String> tenantHeaders;

  public Apis(Collection<Api> apis) {
    Map<ApiName, Api> byName = new LinkedHashMap<>();
    Set<String> tenantHeaders = new TreeSet<>();
    for (Api api : apis) {
      byName.put(api.name(), api);
      tenantHeaders.add(api.tenantHeader().toLowerCase(Locale.ROOT));
    }
    this.byName = Map.copyOf(byName);
    this.tenantHeaders = Set.copyOf(tenantHeaders);
  }

  public Optional<Api> named(ApiName name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Api> all() {
    return byName.values();
  }

  /** The tenant headers of all apis in lower case; none of them comes from a client (§5.2). */
  public Set<String> tenantHeaders() {
    return tenantHeaders;
  }
}
