package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.name.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The registered tenants, and always the default one. Immutable. */
public final class Tenants {

  static final Tenants EMPTY = new Tenants(ShardedMap.empty(), ShardedMap.empty(), 0);

  private final ShardedMap<TenantId, Tenant> byName;
  private final ShardedMap<UUID, Tenant> byId;
  private final int limited;

  private Tenants(ShardedMap<TenantId, Tenant> byName, ShardedMap<UUID, Tenant> byId, int limited) {
    this.byName = byName;
    this.byId = byId;
    this.limited = limited;
  }

  public Optional<Tenant> byName(TenantId name) {
    Tenant tenant = byName.get(name);
    return tenant == null && name.isDefault()
        ? Optional.of(Tenant.DEFAULT)
        : Optional.ofNullable(tenant);
  }

  public Optional<Tenant> byId(UUID id) {
    Tenant tenant = byId.get(id);
    return tenant == null && id.equals(Tenant.DEFAULT.id())
        ? Optional.of(Tenant.DEFAULT)
        : Optional.ofNullable(tenant);
  }

  /** How many are registered; the default tenant counts only if a feed names it. */
  public int size() {
    return byId.size();
  }

  /** Whether any of them has limits of its own. */
  public boolean anyLimited() {
    return limited > 0;
  }

  /** Without the default one, unless a feed names it. */
  void forEach(Consumer<Tenant> action) {
    byId.forEachValue(action);
  }

  Draft edit() {
    return new Draft(this);
  }

  /** Changes on the way to the next {@link Tenants}. */
  static final class Draft {
    private final ShardedMap.Draft<TenantId, Tenant> byName;
    private final ShardedMap.Draft<UUID, Tenant> byId;
    private int limited;

    private Draft(Tenants base) {
      byName = base.byName.edit();
      byId = base.byId.edit();
      limited = base.limited;
    }

    /** Whether the tenant was there before, in whatever form. */
    boolean put(Tenant tenant) {
      Tenant before = byId.put(tenant.id(), tenant);
      count(before, -1);
      count(tenant, 1);
      if (before != null && !before.name().equals(tenant.name())) {
        forgetName(before);
      }
      Tenant namesake = byName.put(tenant.name(), tenant);
      return before != null || namesake != null;
    }

    void remove(UUID id) {
      Tenant before = byId.remove(id);
      count(before, -1);
      if (before != null) {
        forgetName(before);
      }
    }

    Tenants done() {
      return new Tenants(byName.done(), byId.done(), limited);
    }

    private void count(@Nullable Tenant tenant, int step) {
      if (tenant != null && tenant.limits().isPresent()) {
        limited += step;
      }
    }

    /** A tenant registered since under the same name keeps it. */
    private void forgetName(Tenant before) {
      Tenant holder = byName.get(before.name());
      if (holder != null && holder.id().equals(before.id())) {
        byName.remove(before.name());
      }
    }
  }
}
