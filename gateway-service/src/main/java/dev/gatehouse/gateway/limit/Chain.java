package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.name.TenantId;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The limits along a path of nested tenants. Each one on it is charged, so that a child cannot
 * exceed its parent, nor several children together.
 *
 * @param path the tenants that have limits, the one that asks first
 * @param bodyBytes the smallest limit of one body; {@link Long#MAX_VALUE} for none
 * @param strictest whose limit that is
 */
record Chain(List<Allowance> path, long bodyBytes, TenantId strictest, LongSupplier clock) {

  /** How long a place is taken is nobody's to know. */
  private static final long A_SECOND = 1_000_000_000L;

  /** Of tenants without limits. */
  static final Chain NONE = new Chain(List.of(), Long.MAX_VALUE, TenantId.DEFAULT, () -> 0);

  Chain {
    path = List.copyOf(path);
  }

  boolean isNone() {
    return path.isEmpty() && bodyBytes == Long.MAX_VALUE;
  }

  /**
   * @param stream whether it is one without an end
   * @param length of the body; negative when it is not told
   */
  Admittance admit(boolean stream, long length) {
    if (length > bodyBytes) {
      return bodyTooLarge();
    }
    long now = path.isEmpty() ? 0 : clock.getAsLong();
    for (int i = 0; i < path.size(); i++) {
      Excess excess = enter(path.get(i), stream, length, now);
      if (excess != null) {
        leave(i, stream);
        return excess;
      }
    }
    return new Ticket(this, stream);
  }

  Excess bodyTooLarge() {
    return excess(LimitKind.BODY_BYTES, strictest, 0);
  }

  /** Bytes have come that belong to a request that was let in. */
  void received(int bytes) {
    long now = path.isEmpty() ? 0 : clock.getAsLong();
    for (int i = 0; i < path.size(); i++) {
      path.get(i).bytes().spend(bytes, now);
    }
  }

  /** A request that was let in has ended. */
  void leave(boolean stream) {
    for (int i = 0; i < path.size(); i++) {
      path.get(i).places(stream).giveBack();
    }
  }

  private static @Nullable Excess enter(
      Allowance allowance, boolean stream, long length, long now) {
    long debt = allowance.bytes().debt(now);
    if (debt > 0) {
      allowance.bytes().wanted(Math.max(1, length));
      return excess(LimitKind.BYTES_PER_SECOND, allowance.tenant(), debt);
    }
    if (!allowance.places(stream).take()) {
      return excess(allowance.kindOfPlaces(stream), allowance.tenant(), A_SECOND);
    }
    long wait = allowance.requests().take(now);
    if (wait > 0) {
      allowance.places(stream).giveBack();
      return excess(LimitKind.REQUESTS_PER_SECOND, allowance.tenant(), wait);
    }
    return null;
  }

  /** Gives back what the first of the path have granted to a request that goes no further. */
  private void leave(int granted, boolean stream) {
    for (int i = 0; i < granted; i++) {
      path.get(i).places(stream).giveBack();
      path.get(i).requests().giveBack();
    }
  }

  private static Excess excess(LimitKind kind, TenantId tenant, long nanos) {
    return Excess.of(kind, tenant, nanos, ThreadLocalRandom.current().nextDouble());
  }
}
