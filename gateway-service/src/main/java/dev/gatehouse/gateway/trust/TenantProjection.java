package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.TenantEntry;
import java.util.List;
import java.util.function.Consumer;

/** The feed of the tenant-service. */
final class TenantProjection implements Projection<Tenants> {

  @Override
  public Tenants empty() {
    return Tenants.EMPTY;
  }

  @Override
  public boolean knows(String kind) {
    return kind.equals(TenantEntry.KIND);
  }

  @Override
  public Applied<Tenants> apply(Tenants base, Tenants served, List<Change> changes) {
    Tenants.Draft draft = base.edit();
    boolean takesAway = false;
    int unreadable = 0;
    for (Change change : changes) {
      if (change.content().isEmpty()) {
        draft.remove(change.id());
        takesAway = true;
        continue;
      }
      try {
        TenantEntry entry = FeedJson.read(change.content().get(), TenantEntry.class);
        Tenant tenant = Tenant.of(change.id(), entry);
        takesAway |= draft.put(served.byId(change.id()).filter(tenant::equals).orElse(tenant));
      } catch (IllegalArgumentException | Refusal e) {
        draft.remove(change.id());
        takesAway = true;
        unreadable++;
      }
    }
    return new Applied<>(draft.done(), takesAway, unreadable);
  }

  @Override
  public void forEach(Tenants state, Consumer<FeedObject> action) {
    state.forEach(
        tenant ->
            action.accept(new FeedObject(TenantEntry.KIND, tenant.id(), tenant.name().value())));
  }

  @Override
  public boolean has(Tenants state, FeedObject object) {
    return state.byId(object.id()).isPresent();
  }
}
