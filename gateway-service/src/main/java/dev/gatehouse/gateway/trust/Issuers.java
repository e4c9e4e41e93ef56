package dev.gatehouse.gateway.trust;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The registered issuers. Immutable. */
public final class Issuers {

  static final Issuers EMPTY = new Issuers(ShardedMap.empty(), ShardedMap.empty());

  private final ShardedMap<UUID, Issuer> byId;
  private final ShardedMap<String, List<Issuer>> byUrl;

  private Issuers(ShardedMap<UUID, Issuer> byId, ShardedMap<String, List<Issuer>> byUrl) {
    this.byId = byId;
    this.byUrl = byUrl;
  }

  /** The registrations of an issuer's URL, compared exactly; none: it is no issuer. */
  public List<Issuer> byUrl(String iss) {
    List<Issuer> issuers = byUrl.get(iss);
    return issuers == null ? List.of() : issuers;
  }

  public int size() {
    return byId.size();
  }

  @Nullable Issuer byId(UUID id) {
    return byId.get(id);
  }

  void forEach(Consumer<Issuer> action) {
    byId.forEachValue(action);
  }

  Draft edit() {
    return new Draft(this);
  }

  /** Changes on the way to the next {@link Issuers}. */
  static final class Draft {
    private final ShardedMap.Draft<UUID, Issuer> byId;
    private final ShardedMap.Draft<String, List<Issuer>> byUrl;

    private Draft(Issuers base) {
      byId = base.byId.edit();
      byUrl = base.byUrl.edit();
    }

    @Nullable Issuer byId(UUID id) {
      return byId.get(id);
    }

    void put(Issuer issuer) {
      remove(issuer.id());
      byId.put(issuer.id(), issuer);
      Listed.add(byUrl, issuer.url(), issuer);
    }

    void remove(UUID id) {
      Issuer before = byId.remove(id);
      if (before != null) {
        Listed.remove(byUrl, before.url(), before);
      }
    }

    Issuers done() {
      return new Issuers(byId.done(), byUrl.done());
    }
  }
}
