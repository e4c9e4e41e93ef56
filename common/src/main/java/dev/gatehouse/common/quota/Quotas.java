package dev.gatehouse.common.quota;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.LimitExceeded;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Keeps one tenant from exhausting what all share. Operators are not bound. */
@ApplicationScoped
public class Quotas {

  /** Who adds to the same quota waits until the other has committed. */
  private static final String LOCK =
      "SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtextextended(:quota, 0))) AS locked";

  private final QuotaConfiguration configuration;
  private final Rates writes;

  Quotas(QuotaConfiguration configuration) {
    this.configuration = configuration;
    this.writes = new Rates(configuration.writesPerMinute());
  }

  /**
   * Takes one write from the budget that the caller's top-level tenant has at this replica. Before
   * a transaction is opened, as it exists to spare the database.
   *
   * @throws LimitExceeded {@link ErrorCode#LIMIT_EXCEEDED}, with {@code Retry-After}
   */
  public void requireWriteRate(Caller caller) {
    Optional<Duration> wait =
        caller.reach().top().flatMap(tenant -> writes.take(top(tenant).value()));
    if (wait.isPresent()) {
      throw new LimitExceeded(
          ErrorCode.LIMIT_EXCEEDED,
          "A tenant and those nested in it may write "
              + configuration.writesPerMinute()
              + " times a minute",
          wait.get());
    }
  }

  /**
   * Refuses what would be more than the quota, within the transaction that adds it. Until its end
   * nobody else adds to the same quota. Locked before the feed, so it comes before the change.
   *
   * @param adding how many objects are about to be added
   * @param count counts the objects of that kind, those of the given top-level tenant and of all
   *     nested in it; for {@link Kind#TENANTS} without the top-level tenant itself
   * @throws Forbidden {@link ErrorCode#QUOTA_EXCEEDED}
   */
  public Uni<Void> requireRoom(
      Caller caller, Reach owner, Kind kind, int adding, Function<TenantId, Uni<Long>> count) {
    if (caller.isOperator() || owner.top().isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    TenantId top = top(owner.top().get());
    return lock(kind, top)
        .chain(() -> count.apply(top))
        .invoke(present -> refuseAbove(kind, top, present + adding))
        .replaceWithVoid();
  }

  private static Uni<?> lock(Kind kind, TenantId top) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(LOCK, Integer.class)
                    .setParameter("quota", "quota " + kind.text() + " " + top)
                    .getSingleResult());
  }

  private void refuseAbove(Kind kind, TenantId top, long wanted) {
    int limit = limit(kind);
    if (wanted > limit) {
      throw new Forbidden(
          ErrorCode.QUOTA_EXCEEDED,
          top + " and the tenants nested in it may have " + limit + " " + kind.text());
    }
  }

  private int limit(Kind kind) {
    return switch (kind) {
      case TENANTS -> configuration.tenants();
      case KEYS -> configuration.keys();
      case ISSUERS -> configuration.issuers();
      case REVOCATIONS -> configuration.revocations();
    };
  }

  private static TenantId top(TenantId tenant) {
    return new TenantId(tenant.segments().get(0));
  }
}
