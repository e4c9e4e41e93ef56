package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.owner.OwnerGuard;
import dev.gatehouse.key.transfer.ImportConflicts;
import dev.gatehouse.key.transfer.RegistryPart;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Tenants' issuers, as they move from instance to instance. */
@ApplicationScoped
class IssuerPart implements RegistryPart {

  private static final String KIND = "issuer";

  private static final List<String> FIELDS =
      List.of(
          "kind",
          "id",
          "name",
          "owner",
          "ownerId",
          "issuer",
          "audiences",
          "claimsNamespace",
          "maySpeakFor",
          "defaultScopes",
          "scopes",
          "createdAt");

  private final IssuerTransfer transfer;
  private final OwnerGuard owners;

  IssuerPart(IssuerTransfer transfer, OwnerGuard owners) {
    this.transfer = transfer;
    this.owners = owners;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Uni<List<Exported>> export(Optional<String> after, int limit) {
    return transfer
        .export(after.map(UUID::fromString), limit)
        .map(found -> found.stream().map(IssuerPart::exported).toList());
  }

  @Override
  public Uni<Stored> store(List<JsonNode> entries) {
    List<ExportedIssuer> wanted = entries.stream().map(IssuerPart::read).toList();
    return owners
        .removedAmong(wanted.stream().map(ExportedIssuer::ownerId).distinct().toList())
        .invoke(IssuerPart::refuseRemoved)
        .chain(() -> transfer.importAll(wanted))
        .map(IssuerPart::stored);
  }

  private static Exported exported(ExportedIssuer issuer) {
    ObjectNode entry = FeedJson.read(FeedJson.write(issuer), ObjectNode.class);
    return new Exported(issuer.id().toString(), entry.put("kind", KIND));
  }

  private static ExportedIssuer read(JsonNode entry) {
    Fields.of(entry, "an issuer", FIELDS);
    for (String field : FIELDS) {
      if (!entry.hasNonNull(field)) {
        throw Fields.invalid(field + " is missing");
      }
    }
    try {
      return FeedJson.read(entry.toString(), ExportedIssuer.class);
    } catch (IllegalArgumentException e) {
      throw Fields.invalid("A field of an issuer has a value of another form");
    }
  }

  private static void refuseRemoved(long removed) {
    if (removed > 0) {
      throw ImportConflicts.of(KIND, "", "belongs to a tenant that has just been removed");
    }
  }

  private static Stored stored(IssuerTransfer.Imported imported) {
    List<Draft> changes = imported.changes();
    List<Numbered> numbered = new ArrayList<>(changes.size());
    for (Draft change : changes) {
      boolean first = numbered.isEmpty();
      numbered.add(
          new Numbered(
              change,
              revision -> {
                if (first) {
                  imported.numbered(revision);
                }
              }));
    }
    return new Stored(
        changes.stream().map(change -> "/api/v1/issuers/" + change.id()).toList(), numbered);
  }
}
