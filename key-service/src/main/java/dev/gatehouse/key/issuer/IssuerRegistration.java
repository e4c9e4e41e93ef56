package dev.gatehouse.key.issuer;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.audit.Writes;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Brings the table and the feed into line with the issuers that the configuration names. */
@ApplicationScoped
class IssuerRegistration {

  private static final Logger LOG = Logger.getLogger(IssuerRegistration.class);

  private final Database database;
  private final IssuerTable table;
  private final Writes writes;

  IssuerRegistration(Database database, IssuerTable table, Writes writes) {
    this.database = database;
    this.table = table;
    this.writes = writes;
  }

  /** Writes changes only where something differs; asks for the keys anew in any case. */
  Uni<Void> apply(List<ConfiguredIssuer> configured) {
    return database.transaction(
        () ->
            table
                .takeTurns()
                .flatMap(turn -> table.lockConfigured())
                .flatMap(registered -> replace(registered, configured))
                .call(written -> warnOfAmbiguity(configured)));
  }

  /** Another address is another issuer: it gets an id of its own, and none of the former keys. */
  private Uni<Void> replace(List<Issuer> registered, List<ConfiguredIssuer> configured) {
    Map<String, ConfiguredIssuer> wanted = new HashMap<>(ConfiguredIssuers.byName(configured));
    List<Issuer> removed = new ArrayList<>();
    List<Write> written = new ArrayList<>();
    for (Issuer issuer : registered) {
      ConfiguredIssuer same = wanted.get(issuer.name);
      if (same == null || !same.url().equals(issuer.url)) {
        removed.add(issuer);
      } else {
        wanted.remove(issuer.name);
        changed(issuer, same).ifPresent(written::add);
      }
    }
    List<Write> added = wanted.values().stream().map(IssuerRegistration::added).toList();
    written.addAll(added);
    return table
        .deleteAll(removed)
        .flatMap(deleted -> table.persistAll(added.stream().map(Write::issuer).toList()))
        .flatMap(persisted -> append(removed, written));
  }

  private static Optional<Write> changed(Issuer registered, ConfiguredIssuer configured) {
    registered.fetchNoLaterThan(Instant.now());
    IssuerEntry told = registered.told();
    IssuerEntry next = configured.entry(told.keys(), told.keysAsOf());
    return next.equals(told)
        ? Optional.empty()
        : Optional.of(
            new Write(registered, registered.tell(next), AuditedIssuer.changed(registered, told)));
  }

  private static Write added(ConfiguredIssuer configured) {
    IssuerEntry entry = configured.entry(List.of(), Optional.empty());
    Issuer issuer = Issuer.of(UUID.randomUUID(), Reach.EVERYTHING, entry, Instant.now());
    return new Write(issuer, issuer.tell(entry), AuditedIssuer.created(issuer));
  }

  private Uni<Void> append(List<Issuer> removed, List<Write> written) {
    if (removed.isEmpty() && written.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    List<Draft> drafts = new ArrayList<>(removed.stream().map(Issuer::removed).toList());
    List<AuditDraft> entries =
        new ArrayList<>(removed.stream().map(AuditedIssuer::removed).toList());
    written.forEach(write -> drafts.add(write.draft()));
    written.forEach(write -> entries.add(write.entry()));
    return writes
        .commit(Caller.SERVICE, drafts, entries)
        .invoke(last -> number(written, last))
        .replaceWithVoid();
  }

  /** The drafts of what is there now are the last of those appended, in this order. */
  private static void number(List<Write> written, Revision last) {
    long revision = last.value() - written.size();
    for (Write write : written) {
      write.issuer().revision = ++revision;
    }
  }

  /**
   * The configuration wins over what tenants registered before, and nothing of theirs is removed
   * for it: the gateways refuse tokens that two registrations would take.
   */
  private Uni<Void> warnOfAmbiguity(List<ConfiguredIssuer> configured) {
    Uni<Void> checked = Uni.createFrom().voidItem();
    for (ConfiguredIssuer issuer : configured) {
      checked =
          checked
              .flatMap(done -> table.byUrl(issuer.url()))
              .invoke(same -> same.forEach(other -> warn(issuer, other)))
              .replaceWithVoid();
    }
    return checked;
  }

  private static void warn(ConfiguredIssuer configured, Issuer other) {
    if (!other.isConfigured()
        && Ambiguity.between(configured.audiences(), other.told().audiences())) {
      LOG.warnf(
          "Tokens of the configured issuer %s can belong to the issuer %s of %s too: remove that"
              + " one, or give the configured one other audiences",
          configured.name(), other.name, other.owner);
    }
  }

  private record Write(Issuer issuer, Draft draft, AuditDraft entry) {}
}
