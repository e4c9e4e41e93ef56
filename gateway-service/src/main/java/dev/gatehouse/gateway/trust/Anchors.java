package dev.gatehouse.gateway.trust;

import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The trust anchors. Immutable. */
public final class Anchors {

  static final Anchors EMPTY =
      new Anchors(ShardedMap.empty(), ShardedMap.empty(), ShardedMap.empty());

  private final ShardedMap<UUID, Anchor> byId;
  private final ShardedMap<String, List<Anchor>> byThumbprint;
  private final ShardedMap<String, List<Anchor>> byOpstraceId;

  private Anchors(
      ShardedMap<UUID, Anchor> byId,
      ShardedMap<String, List<Anchor>> byThumbprint,
      ShardedMap<String, List<Anchor>> byOpstraceId) {
    this.byId = byId;
    this.byThumbprint = byThumbprint;
    this.byOpstraceId = byOpstraceId;
  }

  /**
   * The anchors that a token's {@code kid} names, one for each owner of the key.
   *
   * @param kid a thumbprint (RFC 7638) or an Opstrace id; anything else names none
   */
  public List<Anchor> byKid(String kid) {
    List<Anchor> anchors = byThumbprint.get(kid);
    if (anchors == null) {
      anchors = byOpstraceId.get(kid);
    }
    return anchors == null ? List.of() : anchors;
  }

  public int size() {
    return byId.size();
  }

  @Nullable Anchor byId(UUID id) {
    return byId.get(id);
  }

  void forEach(Consumer<Anchor> action) {
    byId.forEachValue(action);
  }

  Draft edit() {
    return new Draft(this);
  }

  /** Changes on the way to the next {@link Anchors}. */
  static final class Draft {
    private final ShardedMap.Draft<UUID, Anchor> byId;
    private final ShardedMap.Draft<String, List<Anchor>> byThumbprint;
    private final ShardedMap.Draft<String, List<Anchor>> byOpstraceId;

    private Draft(Anchors base) {
      byId = base.byId.edit();
      byThumbprint = base.byThumbprint.edit();
      byOpstraceId = base.byOpstraceId.edit();
    }

    @Nullable Anchor byId(UUID id) {
      return byId.get(id);
    }

    /** Whether the anchor was there before, in whatever form. */
    boolean put(Anchor anchor) {
      boolean wasThere = remove(anchor.id());
      byId.put(anchor.id(), anchor);
      Listed.add(byThumbprint, anchor.keyId().value(), anchor);
      Listed.add(byOpstraceId, anchor.opstraceId().value(), anchor);
      return wasThere;
    }

    boolean remove(UUID id) {
      Anchor before = byId.remove(id);
      if (before == null) {
        return false;
      }
      Listed.remove(byThumbprint, before.keyId().value(), before);
      Listed.remove(byOpstraceId, before.opstraceId().value(), before);
      return true;
    }

    Anchors done() {
      return new Anchors(byId.done(), byThumbprint.done(), byOpstraceId.done());
    }
  }
}
