package dev.gatehouse.key.issuer;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Feed;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Brings the table and the feed into line with the issuer that the configuration names. */
@ApplicationScoped
class IssuerRegistration {

  private final Database database;
  private final IssuerTable table;
  private final Feed feed;

  IssuerRegistration(Database database, IssuerTable table, Feed feed) {
    this.database = database;
    this.table = table;
    this.feed = feed;
  }

  /** Writes a change only when something differs; asks for the keys anew in any case. */
  Uni<Void> apply(Optional<ConfiguredIssuer> configured) {
    return database.transaction(
        () ->
            table
                .lockByName(ConfiguredIssuer.NAME)
                .flatMap(registered -> replace(registered, configured)));
  }

  /** Another address is another issuer: it gets an id of its own, and none of the former keys. */
  private Uni<Void> replace(@Nullable Issuer registered, Optional<ConfiguredIssuer> configured) {
    if (registered == null) {
      return configured.map(this::insert).orElseGet(() -> Uni.createFrom().voidItem());
    }
    if (configured.isPresent() && configured.get().url().equals(registered.url)) {
      return update(registered, configured.get());
    }
    Draft removed = registered.removed();
    return table
        .delete(registered)
        .flatMap(deleted -> table.flush())
        .flatMap(
            flushed ->
                configured
                    .map(issuer -> insert(issuer, removed))
                    .orElseGet(() -> feed.append(removed).replaceWithVoid()));
  }

  private Uni<Void> insert(ConfiguredIssuer configured, Draft... before) {
    IssuerEntry entry = configured.entry(List.of(), Optional.empty());
    Issuer issuer = Issuer.of(configured, entry, Instant.now());
    List<Draft> drafts = new ArrayList<>(List.of(before));
    drafts.add(issuer.tell(entry));
    return table
        .persist(issuer)
        .flatMap(persisted -> feed.append(drafts))
        .invoke(revision -> issuer.revision = revision.value())
        .replaceWithVoid();
  }

  private Uni<Void> update(Issuer registered, ConfiguredIssuer configured) {
    registered.fetchNoLaterThan(Instant.now());
    IssuerEntry told = registered.told();
    IssuerEntry next = configured.entry(told.keys(), told.keysAsOf());
    if (next.equals(told)) {
      return Uni.createFrom().voidItem();
    }
    return feed.append(registered.tell(next))
        .invoke(revision -> registered.revision = revision.value())
        .replaceWithVoid();
  }
}
