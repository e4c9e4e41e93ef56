package dev.gatehouse.key.revocation;

import static dev.gatehouse.key.body.Fields.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.owner.OwnerGuard;
import dev.gatehouse.key.transfer.ImportConflicts;
import dev.gatehouse.key.transfer.RegistryPart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Revocations, as they move from instance to instance. */
@ApplicationScoped
class RevocationPart implements RegistryPart {

  private static final String KIND = "revocation";

  private static final List<String> FIELDS =
      List.of(
          "kind",
          "id",
          "owner",
          "ownerId",
          "type",
          "value",
          "issuer",
          "key",
          "notBefore",
          "expiresAt",
          "reason",
          "createdAt");

  private final RevocationTable table;
  private final OwnerGuard owners;

  RevocationPart(RevocationTable table, OwnerGuard owners) {
    this.table = table;
    this.owners = owners;
  }

  /**
   * As {@link RevocationView}, with what it leaves out.
   *
   * @param ownerId the registration of the owner
   */
  record Entry(
      String kind,
      UUID id,
      Reach owner,
      Optional<UUID> ownerId,
      RevocationEntry.Type type,
      String value,
      Optional<String> issuer,
      Optional<KeyId> key,
      Optional<Instant> notBefore,
      Optional<Instant> expiresAt,
      Optional<String> reason,
      Instant createdAt) {

    static Entry of(Revocation revocation) {
      Revoked revoked = revocation.revoked();
      return new Entry(
          KIND,
          revocation.id,
          revoked.owner(),
          revoked.ownerId(),
          revoked.type(),
          revoked.value(),
          revoked.issuer(),
          revoked.key(),
          revoked.notBefore(),
          revoked.expiresAt(),
          revoked.reason(),
          revocation.createdAt);
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
                found.stream().map(it -> new Exported(it.id.toString(), Entry.of(it))).toList());
  }

  @Override
  public Uni<Stored> store(List<JsonNode> entries) {
    List<Revocation> wanted = entries.stream().map(RevocationPart::read).toList();
    return owners
        .removedAmong(
            wanted.stream().flatMap(it -> Optional.ofNullable(it.ownerId).stream()).toList())
        .invoke(RevocationPart::refuseRemoved)
        .chain(() -> table.sameAs(wanted))
        .map(there -> additions(wanted, there))
        .call(added -> added.isEmpty() ? Uni.createFrom().voidItem() : table.persist(added))
        .map(RevocationPart::stored);
  }

  private static void refuseRemoved(long removed) {
    if (removed > 0) {
      throw ImportConflicts.of(KIND, "", "belongs to a tenant that has just been removed");
    }
  }

  private static List<Revocation> additions(List<Revocation> wanted, List<Revocation> there) {
    Map<UUID, Revocation> byId = new HashMap<>();
    Map<String, Revocation> byContent = new HashMap<>();
    there.forEach(
        it -> {
          byId.put(it.id, it);
          byContent.put(it.contentHash, it);
        });
    List<Revocation> added = new ArrayList<>();
    for (Revocation revocation : wanted) {
      Revocation same = byId.get(revocation.id);
      if (same == null && byContent.putIfAbsent(revocation.contentHash, revocation) == null) {
        byId.put(revocation.id, revocation);
        added.add(revocation);
      } else if (same == null || !same.contentHash.equals(revocation.contentHash)) {
        throw ImportConflicts.of(KIND, revocation.id.toString(), "is there in another form");
      }
    }
    return added;
  }

  private static Revocation read(JsonNode entry) {
    Fields fields = Fields.of(entry, "a revocation", FIELDS);
    Revoked revoked =
        new Revoked(
            fields.text("owner").map(Reach::parse).orElseThrow(() -> missing("owner")),
            fields.uuid("ownerId"),
            fields.text("type").map(RevocationsResource::type).orElseThrow(() -> missing("type")),
            fields.line("value", NewRevocation.MAX_ISSUER).orElseThrow(() -> missing("value")),
            fields.line("issuer", NewRevocation.MAX_ISSUER),
            fields.text("key").map(KeyId::new),
            fields.time("notBefore").map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
            fields.time("expiresAt").map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
            fields.line("reason", NewRevocation.MAX_REASON));
    if (revoked.owner().top().isEmpty() == revoked.ownerId().isPresent()) {
      throw invalid("ownerId is the registration of the owner; the owner * has none");
    }
    UUID id = fields.uuid("id").orElseThrow(() -> missing("id"));
    Instant createdAt = fields.time("createdAt").orElseThrow(() -> missing("createdAt"));
    return Revocation.of(id, revoked, createdAt.truncatedTo(ChronoUnit.MILLIS));
  }

  private static RuntimeException missing(String field) {
    return invalid(field + " is missing");
  }

  private static Stored stored(List<Revocation> added) {
    return new Stored(
        added.stream().map(Revocation::resource).toList(),
        added.stream()
            .map(it -> new Numbered(it.added(), revision -> it.revision = revision))
            .toList());
  }
}
