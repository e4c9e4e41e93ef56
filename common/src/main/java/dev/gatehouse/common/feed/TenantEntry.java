package dev.gatehouse.common.feed;

import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import java.util.Optional;

/**
 * A tenant as the gateways know it.
 *
 * @param tokensNotBefore tokens issued earlier belong to a former tenant of this name; seconds
 *     since the epoch
 * @param limits empty: none of its own
 */
public record TenantEntry(
    TenantId name,
    OrgId orgId,
    Status status,
    Optional<Long> tokensNotBefore,
    Optional<TenantLimits> limits) {

  public static final String KIND = "tenant";

  public enum Status {
    active,
    suspended
  }
}
