package dev.gatehouse.key.anchor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.key.owner.OwnerGuard;
import dev.gatehouse.key.transfer.ImportConflicts;
import dev.gatehouse.key.transfer.RegistryPart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Trust anchors, as they move from instance to instance. */
@ApplicationScoped
class AnchorPart implements RegistryPart {

  static final String KIND = "key";

  private final AnchorTable table;
  private final OwnerGuard owners;

  AnchorPart(AnchorTable table, OwnerGuard owners) {
    this.table = table;
    this.owners = owners;
  }

  /**
   * As {@link KeyView}, with what it leaves out.
   *
   * @param id of the object in the feed, as one key can have several owners
   * @param ownerId the registration of the owner
   */
  record Entry(
      String kind,
      UUID id,
      String keyId,
      String opstraceId,
      String owner,
      Optional<UUID> ownerId,
      List<String> scopes,
      String publicKey,
      Optional<String> description,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Long> maxTokenLifetime,
      Optional<UserId> personal,
      Optional<Instant> tokensNotBefore,
      Optional<Instant> lastUsedAt) {

    static Entry of(Anchor anchor) {
      KeyView view = KeyView.of(anchor);
      return new Entry(
          KIND,
          anchor.id,
          view.id(),
          view.opstraceId(),
          view.owner(),
          Optional.ofNullable(anchor.ownerId),
          view.scopes(),
          view.publicKey(),
          view.description(),
          view.createdAt(),
          view.expiresAt(),
          view.maxTokenLifetime(),
          view.personal(),
          view.tokensNotBefore(),
          view.lastUsedAt());
    }

    /** Use goes on after an export, and contradicts nothing. */
    Entry withoutUse() {
      return new Entry(
          kind,
          id,
          keyId,
          opstraceId,
          owner,
          ownerId,
          scopes,
          publicKey,
          description,
          createdAt,
          expiresAt,
          maxTokenLifetime,
          personal,
          tokensNotBefore,
          Optional.empty());
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Uni<List<Exported>> export(Optional<String> after, int limit) {
    return table
        .after(after.map(UUID::fromString), limit)
        .map(
            found ->
                found.stream()
                    .map(anchor -> new Exported(anchor.id.toString(), Entry.of(anchor)))
                    .toList());
  }

  @Override
  public Uni<Stored> store(List<JsonNode> entries) {
    List<Anchor> wanted = entries.stream().map(AnchorEntryReader::read).toList();
    return owners
        .removedAmong(wanted.stream().flatMap(AnchorPart::registration).distinct().toList())
        .invoke(AnchorPart::refuseRemoved)
        .chain(() -> table.sameAs(wanted))
        .map(there -> additions(wanted, there))
        .call(added -> added.isEmpty() ? Uni.createFrom().voidItem() : table.insert(added))
        .map(AnchorPart::stored);
  }

  private static Stream<UUID> registration(Anchor anchor) {
    return Optional.ofNullable(anchor.ownerId).stream();
  }

  private static void refuseRemoved(long removed) {
    if (removed > 0) {
      throw ImportConflicts.of(KIND, "", "belongs to a tenant that has just been removed");
    }
  }

  /** Those that are not there; refuses those that are there in another form. */
  private static List<Anchor> additions(List<Anchor> wanted, List<Anchor> there) {
    Map<UUID, Anchor> byId =
        there.stream().collect(Collectors.toMap(anchor -> anchor.id, Function.identity()));
    Map<String, Anchor> byOwner = new HashMap<>();
    there.forEach(anchor -> byOwner.put(ownerAndKey(anchor), anchor));
    List<Anchor> added = new ArrayList<>();
    for (Anchor anchor : wanted) {
      Anchor same = byId.get(anchor.id);
      if (same != null) {
        refuseUnless(same(same, anchor), anchor, "is there in another form");
        continue;
      }
      refuseUnless(
          byOwner.putIfAbsent(ownerAndKey(anchor), anchor) == null,
          anchor,
          "is there already, added by hand");
      byId.put(anchor.id, anchor);
      added.add(anchor);
    }
    return added;
  }

  private static boolean same(Anchor one, Anchor other) {
    return Entry.of(one).withoutUse().equals(Entry.of(other).withoutUse());
  }

  private static String ownerAndKey(Anchor anchor) {
    return anchor.owner + " " + anchor.keyId;
  }

  private static void refuseUnless(boolean holds, Anchor anchor, String why) {
    if (!holds) {
      throw ImportConflicts.of(KIND, anchor.keyId + " of " + anchor.owner, why);
    }
  }

  private static Stored stored(List<Anchor> added) {
    return new Stored(
        added.stream().map(Anchor::resource).toList(),
        added.stream()
            .map(anchor -> new Numbered(anchor.told(), revision -> anchor.revision = revision))
            .toList());
  }
}
