package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantLimits;
import io.quarkus.runtime.configuration.MemorySize;
import java.util.Optional;

/** The limits that count where a tenant has none of its own. */
record DefaultLimits(TenantLimits limits) {

  /**
   * @throws IllegalStateException with a sentence for the operator
   */
  static DefaultLimits of(LimitsConfig config) {
    LimitsConfig.Defaults given = config.defaults();
    try {
      return new DefaultLimits(
          new TenantLimits(
              given.requestsPerSecond(),
              given.bytesPerSecond().map(MemorySize::asLongValue),
              given.concurrentRequests(),
              given.openStreams(),
              given.bodyBytes().map(MemorySize::asLongValue)));
    } catch (Invalid e) {
      throw new IllegalStateException(
          "gatehouse.limits.default: " + e.detail() + ". Leave it out for no limit.", e);
    }
  }

  boolean any() {
    return !limits.equals(TenantLimits.NONE);
  }

  /** Number by number, so that who is given a limit of bodies keeps the others. */
  TenantLimits complete(Optional<TenantLimits> own) {
    if (own.isEmpty()) {
      return limits;
    }
    TenantLimits it = own.get();
    return new TenantLimits(
        it.requestsPerSecond().or(limits::requestsPerSecond),
        it.bytesPerSecond().or(limits::bytesPerSecond),
        it.concurrentRequests().or(limits::concurrentRequests),
        it.openStreams().or(limits::openStreams),
        it.bodyBytes().or(limits::bodyBytes));
  }
}
