package dev.gatehouse.gateway.trust;

import dev.gatehouse.gateway.trust.Revocation.What;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that is revoked. Immutable. */
public final class Revocations {

  static final Revocations EMPTY = new Revocations(ShardedMap.empty(), ShardedMap.empty());

  private final ShardedMap<UUID, Revocation> byId;
  private final ShardedMap<What, List<Revocation>> byWhat;

  private Revocations(
      ShardedMap<UUID, Revocation> byId, ShardedMap<What, List<Revocation>> byWhat) {
    this.byId = byId;
    this.byWhat = byWhat;
  }

  /** Those of exactly this, one for each owner that has made one. */
  public List<Revocation> of(What what) {
    List<Revocation> revocations = byWhat.get(what);
    return revocations == null ? List.of() : revocations;
  }

  public boolean isEmpty() {
    return byId.size() == 0;
  }

  public int size() {
    return byId.size();
  }

  @Nullable Revocation byId(UUID id) {
    return byId.get(id);
  }

  void forEach(Consumer<Revocation> action) {
    byId.forEachValue(action);
  }

  Draft edit() {
    return new Draft(this);
  }

  /** Changes on the way to the next {@link Revocations}. */
  static final class Draft {
    private final ShardedMap.Draft<UUID, Revocation> byId;
    private final ShardedMap.Draft<What, List<Revocation>> byWhat;

    private Draft(Revocations base) {
      byId = base.byId.edit();
      byWhat = base.byWhat.edit();
    }

    @Nullable Revocation byId(UUID id) {
      return byId.get(id);
    }

    void put(Revocation revocation) {
      remove(revocation.id());
      byId.put(revocation.id(), revocation);
      Listed.add(byWhat, revocation.what(), revocation);
    }

    void remove(UUID id) {
      Revocation before = byId.remove(id);
      if (before != null) {
        Listed.remove(byWhat, before.what(), before);
      }
    }

    Revocations done() {
      return new Revocations(byId.done(), byWhat.done());
    }
  }
}
