package dev.gatehouse.key.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.audit.Audit;
import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import dev.gatehouse.key.body.Fields;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Exports all that is stored, page by page, and takes it in again, batch by batch. */
@ApplicationScoped
class Transfer {

  private final Database database;
  private final List<RegistryPart> parts;
  private final Writes writes;
  private final Audit audit;

  Transfer(Database database, @All List<RegistryPart> parts, Writes writes, Audit audit) {
    this.database = database;
    this.parts = parts.stream().sorted(Comparator.comparing(RegistryPart::kind)).toList();
    this.writes = writes;
    this.audit = audit;
  }

  /** A page; its last entry says where the next one starts. */
  Uni<RegistryPage> export(Caller caller, PageRequest page) {
    require(caller, Act.SEE);
    Place from = page.after().map(Place::parse).orElse(Place.START);
    return database
        .session(() -> read(from, page.limit() + 1, new ArrayList<>()))
        .map(found -> RegistryPage.of(found, page));
  }

  /** All entries, or none. */
  Uni<Imported> store(Caller caller, List<JsonNode> entries) {
    require(caller, Act.ADD);
    Map<RegistryPart, List<JsonNode>> byPart = byPart(entries);
    return database
        .transaction(() -> storeAll(caller, byPart, entries.size()))
        .onFailure(failure -> DatabaseFaults.violatedConstraint(failure).isPresent())
        .transform(Transfer::contradiction);
  }

  /** Something else has the same id, or somebody writes the same at this moment. */
  private static Throwable contradiction(Throwable violation) {
    return new Conflict(
        ErrorCode.IMPORT_CONFLICT,
        "Nothing is imported, as an entry contradicts what is there ("
            + DatabaseFaults.violatedConstraint(violation).orElse("")
            + ")");
  }

  private Uni<List<Place.Found>> read(Place from, int limit, List<Place.Found> found) {
    Optional<RegistryPart> part =
        parts.stream().filter(it -> it.kind().compareTo(from.kind()) >= 0).findFirst();
    if (part.isEmpty() || found.size() >= limit) {
      return Uni.createFrom().item(found);
    }
    String kind = part.get().kind();
    Optional<String> after = kind.equals(from.kind()) ? from.id() : Optional.empty();
    int wanted = limit - found.size();
    return part.get()
        .export(after, wanted)
        .invoke(some -> some.forEach(it -> found.add(new Place.Found(kind, it))))
        .flatMap(
            some ->
                some.size() < wanted
                    ? read(Place.behind(kind), limit, found)
                    : Uni.createFrom().item(found));
  }

  private Map<RegistryPart, List<JsonNode>> byPart(List<JsonNode> entries) {
    Map<RegistryPart, List<JsonNode>> byPart =
        new TreeMap<>(Comparator.comparing(RegistryPart::kind));
    for (JsonNode entry : entries) {
      byPart.computeIfAbsent(partOf(entry), part -> new ArrayList<>()).add(entry);
    }
    return byPart;
  }

  private RegistryPart partOf(JsonNode entry) {
    String kind = entry.path("kind").asText();
    return parts.stream()
        .filter(part -> part.kind().equals(kind))
        .findFirst()
        .orElseThrow(
            () ->
                Fields.invalid(
                    "The kind of an entry is one of "
                        + String.join(", ", parts.stream().map(RegistryPart::kind).toList())));
  }

  private Uni<Imported> storeAll(
      Caller caller, Map<RegistryPart, List<JsonNode>> byPart, int entries) {
    Uni<RegistryPart.Stored> stored =
        Uni.createFrom().item(new RegistryPart.Stored(List.of(), List.of()));
    for (Map.Entry<RegistryPart, List<JsonNode>> part : byPart.entrySet()) {
      stored =
          stored.flatMap(
              before -> part.getKey().store(part.getValue()).map(more -> joined(before, more)));
    }
    return stored.flatMap(all -> commit(caller, all, entries));
  }

  private Uni<Imported> commit(Caller caller, RegistryPart.Stored stored, int entries) {
    int created = stored.resources().size();
    int unchanged = entries - created;
    if (created == 0) {
      return Uni.createFrom().item(new Imported(0, unchanged, Optional.empty()));
    }
    AuditDraft entry =
        AuditDraft.created(
            Reach.EVERYTHING,
            "registry.import",
            RegistryResource.PATH,
            Map.of("created", stored.resources()));
    if (stored.changes().isEmpty()) {
      return audit
          .record(caller, entry)
          .replaceWith(new Imported(created, unchanged, Optional.empty()));
    }
    return writes
        .commit(
            caller,
            stored.changes().stream().map(RegistryPart.Numbered::draft).toList(),
            List.of(entry))
        .invoke(last -> number(stored.changes(), last))
        .map(last -> new Imported(created, unchanged, Optional.of(last)));
  }

  private static void number(List<RegistryPart.Numbered> changes, Revision last) {
    long revision = last.value() - changes.size();
    for (RegistryPart.Numbered change : changes) {
      change.revision().accept(++revision);
    }
  }

  private static RegistryPart.Stored joined(RegistryPart.Stored one, RegistryPart.Stored other) {
    List<String> resources = new ArrayList<>(one.resources());
    resources.addAll(other.resources());
    List<RegistryPart.Numbered> changes = new ArrayList<>(one.changes());
    changes.addAll(other.changes());
    return new RegistryPart.Stored(resources, changes);
  }

  private static void require(Caller caller, Act act) {
    Permissions.require(
        caller,
        act,
        new Target.OfInstance(),
        () -> new Forbidden(ErrorCode.NOT_ALLOWED, "This is for operators only"));
  }
}
