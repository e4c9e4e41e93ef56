package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.name.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The registered tenants, and always the default one. Immutable. */
public final class Tenants {

  static final Tenants EMPTY = new Tenants(ShardedMap.empty(), ShardedMap.empty());

  private final ShardedMap<TenantId, Tenant> byName;
  private final ShardedMap<UUID, Tenant> byId;

  private Tenants(ShardedMap<TenantId, Tenant> byName, ShardedMap<UUID, Tenant> byId) {
    this.byName = byName;
    this.byId = byId;
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

    private Draft(Tenants base) {
      byName = base.byName.edit();
      byId = base.byId.edit();
    }

    /** Whether the tenant was there before, in whatever form. */
    boolean put(Tenant tenant) {
      Tenant before = byId.put(tenant.id(), tenant);
      if (before != null && !before.name().equals(tenant.name())) {
        forgetName(before);
      }
      Tenant namesake = byName.put(tenant.name(), tenant);
      return before != null || namesake != null;
    }

    void remove(UUID id) {
      Tenant before = byId.remove(id);
      if (before != null) {
        forgetName(before);
      }
    }

    Tenants done() {
      return new Tenants(byName.done(), byId.done());
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
