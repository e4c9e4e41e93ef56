package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.TenantLimits;
import java.util.Optional;

/** What a merge patch does with the limits of a tenant, each of its own. */
record LimitsPatch(
    Patched<Long> requestsPerSecond,
    Patched<Long> bytesPerSecond,
    Patched<Long> concurrentRequests,
    Patched<Long> openStreams,
    Patched<Long> bodyBytes) {

  /** Refuses values that no tenant could have. */
  LimitsPatch {
    over(
        TenantLimits.NONE,
        requestsPerSecond,
        bytesPerSecond,
        concurrentRequests,
        openStreams,
        bodyBytes);
  }

  /** The limits afterwards; empty when none is left. */
  Optional<TenantLimits> over(TenantLimits before) {
    TenantLimits after =
        over(before, requestsPerSecond, bytesPerSecond, concurrentRequests, openStreams, bodyBytes);
    return Optional.of(after).filter(it -> !it.equals(TenantLimits.NONE));
  }

  private static TenantLimits over(
      TenantLimits before,
      Patched<Long> requestsPerSecond,
      Patched<Long> bytesPerSecond,
      Patched<Long> concurrentRequests,
      Patched<Long> openStreams,
      Patched<Long> bodyBytes) {
    return new TenantLimits(
        requestsPerSecond.over(before.requestsPerSecond()),
        bytesPerSecond.over(before.bytesPerSecond()),
        concurrentRequests.over(before.concurrentRequests()),
        openStreams.over(before.openStreams()),
        bodyBytes.over(before.bodyBytes()));
  }
}
