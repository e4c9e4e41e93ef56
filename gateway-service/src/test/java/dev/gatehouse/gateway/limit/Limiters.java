package dev.gatehouse.gateway.limit;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.gateway.trust.TrustSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Limiters and limits for tests. */
public final class Limiters {

  private Limiters() {}

  /** Without defaults. */
  public static Limiter of(TrustSource trusted, LongSupplier clock) {
    return of(trusted, TenantLimits.NONE, clock);
  }

  static Limiter of(TrustSource trusted, TenantLimits defaults, LongSupplier clock) {
    return new Limiter(trusted, new DefaultLimits(defaults), clock);
  }

  public static TenantLimits requestsPerSecond(long number) {
    return limits(number, 0, 0, 0, 0);
  }

  public static TenantLimits bytesPerSecond(long number) {
    return limits(0, number, 0, 0, 0);
  }

  public static TenantLimits concurrentRequests(long number) {
    return limits(0, 0, number, 0, 0);
  }

  public static TenantLimits openStreams(long number) {
    return limits(0, 0, 0, number, 0);
  }

  public static TenantLimits bodyBytes(long number) {
    return limits(0, 0, 0, 0, number);
  }

  /** 0 stands for no limit. */
  public static TenantLimits limits(
      long requests, long bytes, long concurrent, long streams, long body) {
    return new TenantLimits(
        number(requests), number(bytes), number(concurrent), number(streams), number(body));
  }

  private static Optional<Long> number(long number) {
    return Optional.of(number).filter(it -> it > 0);
  }
}
