package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Tenants;
import java.util.Optional;

/** Suspension of a tenant reaches all that are nested in it. */
public final class Suspension {

  private Suspension() {}

  public static boolean reaches(TenantId tenant, Tenants tenants) {
    for (Optional<TenantId> next = Optional.of(tenant);
        next.isPresent();
        next = next.get().parent()) {
      Optional<Tenant> registered = tenants.byName(next.get());
      if (registered.isPresent() && registered.get().suspended()) {
        return true;
      }
    }
    return false;
  }
}
