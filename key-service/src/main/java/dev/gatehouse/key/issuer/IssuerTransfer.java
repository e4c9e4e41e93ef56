package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.name.Reach;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Tenants' issuers for the export and the import of the registry, in the transaction of the caller.
 * Issuers of the configuration are not the registry's.
 */
@ApplicationScoped
public class IssuerTransfer {

  private final IssuerTable table;

  IssuerTransfer(IssuerTable table) {
    this.table = table;
  }

  /** At most so many, sorted by id, after the one given. */
  public Uni<List<ExportedIssuer>> export(Optional<UUID> after, int most) {
    return table
        .ofTenants(after, most)
        .map(issuers -> issuers.stream().map(ExportedIssuer::of).toList());
  }

  /**
   * Writes those that are not there yet. The caller has to append the changes, and to say which
   * revision the first of them got.
   *
   * @throws Conflict {@link ErrorCode#IMPORT_CONFLICT} when one is there in another form, or its
   *     tokens would belong to another one too
   */
  public Uni<Imported> importAll(List<ExportedIssuer> issuers) {
    Imported imported = new Imported();
    Uni<Void> written = table.takeTurns();
    for (ExportedIssuer issuer : issuers) {
      written = written.flatMap(before -> importOne(issuer, imported));
    }
    return written.replaceWith(imported);
  }

  private Uni<Void> importOne(ExportedIssuer wanted, Imported imported) {
    return table
        .lock(wanted.id())
        .flatMap(
            present -> {
              if (present == null) {
                return add(wanted, imported);
              }
              if (present.isConfigured() || !ExportedIssuer.of(present).equals(wanted)) {
                throw conflict(wanted, "is there in another form");
              }
              imported.unchanged++;
              return Uni.createFrom().voidItem();
            });
  }

  private Uni<Void> add(ExportedIssuer wanted, Imported imported) {
    Reach owner = new Reach.Subtree(wanted.owner());
    Issuer issuer = Issuer.of(wanted.id(), owner, wanted.entry(), Instant.now());
    issuer.createdAt = wanted.createdAt();
    return table
        .byUrl(wanted.issuer())
        .invoke(others -> refuseAmbiguity(wanted, others))
        .flatMap(clear -> table.byName(new IssuerName(wanted.name())))
        .invoke(sameName -> refuseTaken(wanted, sameName))
        .flatMap(free -> table.persistAndFlush(issuer))
        .invoke(persisted -> imported.added.add(issuer))
        .replaceWithVoid();
  }

  private static void refuseAmbiguity(ExportedIssuer wanted, List<Issuer> others) {
    for (Issuer other : others) {
      if (Ambiguity.between(wanted.audiences(), other.told().audiences())) {
        throw conflict(wanted, "shares an audience with " + other.name + " of " + other.owner);
      }
    }
  }

  private static void refuseTaken(ExportedIssuer wanted, List<Issuer> sameName) {
    if (sameName.stream().anyMatch(other -> other.owner.equals(wanted.owner().value()))) {
      throw conflict(wanted, "has the name of another one");
    }
  }

  private static Conflict conflict(ExportedIssuer wanted, String why) {
    return new Conflict(
        ErrorCode.IMPORT_CONFLICT,
        "The issuer %s of %s (%s) %s".formatted(wanted.name(), wanted.owner(), wanted.id(), why));
  }

  /** What an import wrote. */
  public static final class Imported {
    private final List<Issuer> added = new ArrayList<>();
    private int unchanged;

    private Imported() {}

    /** What the gateways have to be told, in this order. */
    public List<Draft> changes() {
      return added.stream().map(issuer -> issuer.tell(issuer.told())).toList();
    }

    public int unchanged() {
      return unchanged;
    }

    /** Takes the revision that the first of the changes got; the others have those after it. */
    public void numbered(long first) {
      for (int i = 0; i < added.size(); i++) {
        added.get(i).revision = first + i;
      }
    }
  }
}
