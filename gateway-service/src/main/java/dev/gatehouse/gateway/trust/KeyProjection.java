package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.IssuerEntry;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The feed of the key-service. */
final class KeyProjection implements Projection<Keys> {

  @Override
  public Keys empty() {
    return Keys.EMPTY;
  }

  @Override
  public boolean knows(String kind) {
    return kind.equals(AnchorEntry.KIND) || kind.equals(IssuerEntry.KIND);
  }

  @Override
  public Applied<Keys> apply(Keys base, Keys served, List<Change> changes) {
    Work work = new Work(base, served);
    changes.forEach(work::apply);
    return work.done();
  }

  private static final class Work {
    private final Keys served;
    private final Anchors.Draft anchors;
    private final Issuers.Draft issuers;
    private boolean takesAway;
    private int unreadable;

    Work(Keys base, Keys served) {
      this.served = served;
      this.anchors = base.anchors().edit();
      this.issuers = base.issuers().edit();
    }

    void apply(Change change) {
      if (change.content().isEmpty()) {
        remove(change);
        return;
      }
      try {
        put(change, change.content().get());
      } catch (IllegalArgumentException | Refusal e) {
        remove(change);
        unreadable++;
      }
    }

    Applied<Keys> done() {
      return new Applied<>(new Keys(anchors.done(), issuers.done()), takesAway, unreadable);
    }

    private void put(Change change, String content) {
      if (change.kind().equals(AnchorEntry.KIND)) {
        Anchor anchor = new Anchor(change.id(), FeedJson.read(content, AnchorEntry.class));
        Anchor known = knownAnchor(change.id());
        takesAway |= anchors.put(known != null && known.sameAs(anchor) ? known : anchor);
      } else {
        Issuer known = knownIssuer(change.id());
        Issuer issuer = new Issuer(change.id(), FeedJson.read(content, IssuerEntry.class), known);
        issuers.put(known != null && known.sameAs(issuer) ? known : issuer);
        // A new issuer too: its tokens were a matter of the anchors until now.
        takesAway = true;
      }
    }

    private void remove(Change change) {
      takesAway = true;
      if (change.kind().equals(AnchorEntry.KIND)) {
        anchors.remove(change.id());
      } else {
        issuers.remove(change.id());
      }
    }

    private @Nullable Anchor knownAnchor(UUID id) {
      Anchor known = anchors.byId(id);
      return known == null ? served.anchors().byId(id) : known;
    }

    private @Nullable Issuer knownIssuer(UUID id) {
      Issuer known = issuers.byId(id);
      return known == null ? served.issuers().byId(id) : known;
    }
  }
}
