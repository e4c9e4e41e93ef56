package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.name.TenantId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What one registration may use at this gateway, and has used. It lives as long as there is a
 * limit: new numbers change it and never start it anew.
 */
final class Allowance {

  /** Of what was asked a second ago so much still counts: few ask every second. */
  private static final double MEMORY = 0.5;

  /** After so many reports without demand the last share says nothing any more. */
  private static final int FORGOTTEN_AFTER = 60;

  private final TenantId tenant;
  private final Bucket requests;
  private final Bucket bytes;
  private final Places concurrent = new Places();
  private final Places streams = new Places();
  private final Map<LimitKind, Shared> shared = new EnumMap<>(LimitKind.class);

  private TenantLimits limits = TenantLimits.NONE;
  private long generation = -1;
  private int quiet;

  /** One of the limits, and how much of it falls to this gateway. */
  private final class Shared {
    private final LimitKind kind;
    private final Measured measured;

    /** Negative: never heard of. */
    private double share = -1;

    private double demand;

    private Shared(LimitKind kind, Measured measured) {
      this.kind = kind;
      this.measured = measured;
    }

    /** Each gateway has at least one, so that nothing is closed to a tenant for where it asks. */
    private void allow(int gateways) {
      Optional<Long> limit = kind.of(limits);
      double part = share < 0 ? 1.0 / gateways : share;
      measured.allow(limit.isEmpty() ? Double.POSITIVE_INFINITY : Math.max(1, limit.get() * part));
    }

    private void look(double seconds) {
      double asked = measured.asked(seconds);
      Optional<Long> limit = kind.of(limits);
      if (limit.isEmpty()) {
        demand = 0;
        return;
      }
      if (measured instanceof Places) {
        // Who is refused comes back at once: trying often is not wanting much.
        asked = Math.min(asked, limit.get());
      }
      demand = Math.max(asked, demand * MEMORY);
    }
  }

  /**
   * @param clock of {@link System#nanoTime()}
   */
  Allowance(TenantId tenant, LongSupplier clock) {
    this.tenant = tenant;
    this.requests = new Bucket(clock);
    this.bytes = new Bucket(clock);
    share(LimitKind.REQUESTS_PER_SECOND, requests);
    share(LimitKind.BYTES_PER_SECOND, bytes);
    share(LimitKind.CONCURRENT_REQUESTS, concurrent);
    share(LimitKind.OPEN_STREAMS, streams);
  }

  TenantId tenant() {
    return tenant;
  }

  Bucket requests() {
    return requests;
  }

  Bucket bytes() {
    return bytes;
  }

  Places places(boolean stream) {
    return stream ? streams : concurrent;
  }

  LimitKind kindOfPlaces(boolean stream) {
    return stream ? LimitKind.OPEN_STREAMS : LimitKind.CONCURRENT_REQUESTS;
  }

  /**
   * What the tenant may use in all.
   *
   * @param asOf the generation of the trust that says so; what an older one said is passed by
   */
  synchronized void limit(TenantLimits now, long asOf, int gateways) {
    if (asOf > generation) {
      generation = asOf;
      limits = now;
      shared.values().forEach(it -> it.allow(gateways));
    }
  }

  /** Looks at what was asked for since the last look. */
  synchronized void look(double seconds) {
    boolean any = false;
    for (Shared it : shared.values()) {
      it.look(seconds);
      any |= it.demand >= 1;
    }
    quiet = any ? 0 : quiet + 1;
  }

  /** Whether somebody has asked for something of late. */
  synchronized boolean isWanted() {
    return quiet == 0;
  }

  /** Of all kinds, to find the busiest; the number has no meaning of its own. */
  synchronized double weight() {
    double most = 0;
    for (Shared it : shared.values()) {
      Optional<Long> limit = it.kind.of(limits);
      if (limit.isPresent()) {
        most = Math.max(most, it.demand / limit.get());
      }
    }
    return most;
  }

  /** At the last look; 0 where there is no limit. */
  synchronized long demand(LimitKind kind) {
    return (long) of(kind).demand;
  }

  synchronized Optional<Long> limit(LimitKind kind) {
    return kind.of(limits);
  }

  /**
   * @param part of the limit, that falls to this gateway
   */
  synchronized void share(LimitKind kind, double part, int gateways) {
    of(kind).share = part;
    of(kind).allow(gateways);
  }

  /** The gateways are so many now; a share that is too old to mean anything is dropped. */
  synchronized void among(int gateways) {
    for (Shared it : shared.values()) {
      if (quiet >= FORGOTTEN_AFTER) {
        it.share = -1;
      }
      if (it.share < 0) {
        it.allow(gateways);
      }
    }
  }

  boolean isIdle() {
    return shared.values().stream().allMatch(it -> it.measured.isIdle());
  }

  private void share(LimitKind kind, Measured measured) {
    shared.put(kind, new Shared(kind, measured));
  }

  private Shared of(LimitKind kind) {
    return Objects.requireNonNull(shared.get(kind));
  }
}
