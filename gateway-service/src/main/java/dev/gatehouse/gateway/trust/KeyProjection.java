package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.RevocationEntry;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The feed of the key-service. */
final class KeyProjection implements Projection<Keys> {

  private static final Set<String> KINDS =
      Set.of(AnchorEntry.KIND, IssuerEntry.KIND, RevocationEntry.KIND);

  @Override
  public Keys empty() {
    return Keys.EMPTY;
  }

  @Override
  public boolean knows(String kind) {
    return KINDS.contains(kind);
  }

  @Override
  public Applied<Keys> apply(Keys base, Keys served, List<Change> changes) {
    Work work = new Work(base, served);
    changes.forEach(work::apply);
    return work.done();
  }

  @Override
  public void forEach(Keys state, Consumer<FeedObject> action) {
    state.anchors().forEach(it -> action.accept(object(it)));
    state.issuers().forEach(it -> action.accept(object(it)));
    state.revocations().forEach(it -> action.accept(object(it)));
  }

  @Override
  public boolean has(Keys state, FeedObject object) {
    return switch (object.kind()) {
      case AnchorEntry.KIND -> state.anchors().byId(object.id()) != null;
      case IssuerEntry.KIND -> state.issuers().byId(object.id()) != null;
      default -> state.revocations().byId(object.id()) != null;
    };
  }

  private static FeedObject object(Anchor anchor) {
    return new FeedObject(
        AnchorEntry.KIND, anchor.id(), anchor.keyId() + " of " + anchor.owner().text());
  }

  private static FeedObject object(Issuer issuer) {
    return new FeedObject(IssuerEntry.KIND, issuer.id(), issuer.name());
  }

  private static FeedObject object(Revocation revocation) {
    return new FeedObject(
        RevocationEntry.KIND,
        revocation.id(),
        revocation.what().type().text() + " " + revocation.what().value());
  }

  private static final class Work {
    private final Keys served;
    private final Anchors.Draft anchors;
    private final Issuers.Draft issuers;
    private final Revocations.Draft revocations;
    private boolean takesAway;
    private int unreadable;
    private int unheeded;

    Work(Keys base, Keys served) {
      this.served = served;
      this.anchors = base.anchors().edit();
      this.issuers = base.issuers().edit();
      this.revocations = base.revocations().edit();
    }

    void apply(Change change) {
      if (change.kind().equals(RevocationEntry.KIND)) {
        applyRevocation(change);
      } else if (change.content().isEmpty()) {
        remove(change);
      } else {
        try {
          put(change, change.content().get());
        } catch (IllegalArgumentException | Refusal e) {
          remove(change);
          unreadable++;
        }
      }
    }

    Applied<Keys> done() {
      return new Applied<>(
          new Keys(anchors.done(), issuers.done(), revocations.done()),
          takesAway,
          unreadable,
          unheeded);
    }

    /** One that cannot be read leaves what it was before, if it was anything. */
    private void applyRevocation(Change change) {
      if (change.content().isEmpty()) {
        revocations.remove(change.id());
        return;
      }
      takesAway = true;
      try {
        Revocation revocation =
            Revocation.of(
                change.id(), FeedJson.read(change.content().get(), RevocationEntry.class));
        Revocation known = knownRevocation(change.id());
        revocations.put(known != null && known.equals(revocation) ? known : revocation);
      } catch (IllegalArgumentException | Refusal e) {
        unheeded++;
      }
    }

    private void put(Change change, String content) {
      if (change.kind().equals(AnchorEntry.KIND)) {
        Anchor known = knownAnchor(change.id());
        Anchor anchor = new Anchor(change.id(), FeedJson.read(content, AnchorEntry.class), known);
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

    private @Nullable Revocation knownRevocation(UUID id) {
      Revocation known = revocations.byId(id);
      return known == null ? served.revocations().byId(id) : known;
    }
  }
}
