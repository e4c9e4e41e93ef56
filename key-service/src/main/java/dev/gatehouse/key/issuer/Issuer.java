package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.server.Draft;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An OIDC issuer, and how the fetching of its keys stands. */
@Entity
@Table(name = "issuer")
class Issuer {

  @Id UUID id;

  String name;
  String url;
  String entry;
  long revision;

  @Column(name = "attempted_at")
  @Nullable Instant attemptedAt;

  @Column(name = "next_fetch_at")
  Instant nextFetchAt;

  @Column(name = "leased_until")
  @Nullable Instant leasedUntil;

  int failures;

  Issuer() {}

  static Issuer of(ConfiguredIssuer configured, IssuerEntry entry, Instant now) {
    Issuer issuer = new Issuer();
    issuer.id = UUID.randomUUID();
    issuer.name = ConfiguredIssuer.NAME;
    issuer.url = configured.url();
    issuer.nextFetchAt = now;
    issuer.tell(entry);
    return issuer;
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

  void fetched(Instant next) {
    leasedUntil = null;
    failures = 0;
    nextFetchAt = next;
  }

  void failed(Instant now) {
    leasedUntil = null;
    failures++;
    nextFetchAt = now.plus(Backoff.after(failures, told().keysAsOf().isPresent()));
  }

  void fetchNoLaterThan(Instant time) {
    if (nextFetchAt.isAfter(time)) {
      nextFetchAt = time;
    }
  }
}
