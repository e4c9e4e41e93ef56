package dev.gatehouse.gateway.trust;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The dates in what is trusted that somebody should see coming, for the operator's objects and for
 * those of all tenants together. Looked for anew only when what is trusted has changed or a date
 * has passed, as there may be a hundred thousand keys.
 */
final class TrustDates {

  /** Whose keys and issuers. */
  enum Owner {
    OPERATOR,
    TENANTS;

    private static Owner of(Optional<?> registration) {
      return registration.isPresent() ? TENANTS : OPERATOR;
    }
  }

  private final Supplier<Trust> trust;
  private final InstantSource clock;
  private final Owner owner;
  private @Nullable Anchors anchors;
  private @Nullable Instant expiry;
  private @Nullable Issuers issuers;
  private @Nullable Instant oldestKeys;
  private int withoutKeys;

  TrustDates(Supplier<Trust> trust, InstantSource clock, Owner owner) {
    this.trust = trust;
    this.clock = clock;
    this.owner = owner;
  }

  /** When the next anchor expires, of those that have not expired; empty: none of them does. */
  synchronized Optional<Instant> nextExpiry() {
    Anchors now = trust.get().anchors();
    if (now != anchors || (expiry != null && !expiry.isAfter(clock.instant()))) {
      anchors = now;
      expiry = null;
      now.forEach(this::lookAt);
    }
    return Optional.ofNullable(expiry);
  }

  /** Which issuer's keys were fetched the longest ago, and when; empty: none has any. */
  synchronized Optional<Instant> oldestKeys() {
    lookAtIssuers();
    return Optional.ofNullable(oldestKeys);
  }

  /** How many issuers have no key that can be used, so that none of their tokens is accepted. */
  synchronized int withoutKeys() {
    lookAtIssuers();
    return withoutKeys;
  }

  private void lookAt(Anchor anchor) {
    if (Owner.of(anchor.ownerId()) == owner) {
      Instant end = anchor.expiresAt().orElse(Instant.MAX);
      boolean first = expiry == null ? !end.equals(Instant.MAX) : end.isBefore(expiry);
      if (first && end.isAfter(clock.instant())) {
        expiry = end;
      }
    }
  }

  private void lookAtIssuers() {
    Issuers now = trust.get().issuers();
    if (now != issuers) {
      issuers = now;
      oldestKeys = null;
      withoutKeys = 0;
      now.forEach(this::lookAt);
    }
  }

  private void lookAt(Issuer issuer) {
    if (Owner.of(issuer.ownerId()) != owner) {
      return;
    }
    if (!issuer.hasKeys()) {
      withoutKeys++;
    }
    Instant fetched = issuer.keysAsOf().orElse(Instant.MAX);
    if (oldestKeys == null ? !fetched.equals(Instant.MAX) : fetched.isBefore(oldestKeys)) {
      oldestKeys = fetched;
    }
  }
}
