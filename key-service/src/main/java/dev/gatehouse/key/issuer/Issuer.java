package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An OIDC issuer, and how the fetching of its keys stands. */
@Entity
@Table(name = "issuer")
class Issuer {

  @Id UUID id;

  String name;
  String url;

  @Column(updatable = false)
  String owner;

  @Column(name = "owner_id", updatable = false)
  @Nullable UUID ownerId;

  String entry;
  long revision;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  @Column(name = "attempted_at")
  @Nullable Instant attemptedAt;

  @Column(name = "next_fetch_at")
  Instant nextFetchAt;

  @Column(name = "leased_until")
  @Nullable Instant leasedUntil;

  int failures;

  @Column(name = "last_error")
  @Nullable String lastError;

  Issuer() {}

  /**
   * A row without keys, due at once.
   *
   * @param owner {@code *} for those of the configuration
   */
  static Issuer of(UUID id, Reach owner, IssuerEntry entry, Instant now) {
    Issuer issuer = new Issuer();
    issuer.id = id;
    issuer.name = entry.name();
    issuer.url = entry.issuer();
    issuer.owner = owner.text();
    issuer.ownerId = entry.ownerId().orElse(null);
    issuer.createdAt = now.truncatedTo(ChronoUnit.MILLIS);
    issuer.nextFetchAt = now;
    issuer.tell(entry);
    return issuer;
  }

  Revision revision() {
    return new Revision(revision);
  }

  /** As it is shown after the change with this number. */
  IssuerView at(Revision changed) {
    revision = changed.value();
    return IssuerView.of(this);
  }

  Reach ownerReach() {
    return Reach.parse(owner);
  }

  boolean isConfigured() {
    return owner.equals(Reach.EVERYTHING.text());
  }

  Provider provider() {
    return new Provider(url, ownerReach(), failures > 0);
  }

  IssuerEntry told() {
    return FeedJson.read(entry, IssuerEntry.class);
  }

  /** Sets what the gateways are told, and returns the change that tells them. */
  Draft tell(IssuerEntry next) {
    entry = FeedJson.write(next);
    return Draft.of(IssuerEntry.KIND, id, next);
  }

  Draft removed() {
    return Draft.removal(IssuerEntry.KIND, id);
  }

  boolean isLeased(Instant now) {
    return leasedUntil != null && leasedUntil.isAfter(now);
  }

  boolean isDue(Instant now) {
    return !nextFetchAt.isAfter(now) && !isLeased(now);
  }

  /** From when on a fetch out of turn is allowed. */
  Instant spareUntil(Duration interval) {
    return attemptedAt == null ? Instant.EPOCH : attemptedAt.plus(interval);
  }

  void lease(Instant now, Duration duration) {
    attemptedAt = now;
    leasedUntil = now.plus(duration);
  }

  void giveLeaseBack() {
    leasedUntil = null;
  }

  void fetched(Instant next, boolean usable) {
    leasedUntil = null;
    failures = 0;
    lastError = usable ? null : Reason.NO_USABLE_KEY.text();
    nextFetchAt = next;
  }

  void failed(Instant now, Reason reason) {
    leasedUntil = null;
    failures++;
    lastError = reason.text();
    boolean urgent = isConfigured() && told().keysAsOf().isEmpty();
    nextFetchAt = now.plus(Backoff.after(failures, urgent));
  }

  void fetchNoLaterThan(Instant time) {
    if (nextFetchAt.isAfter(time)) {
      nextFetchAt = time;
    }
  }
}
