package dev.gatehouse.tenant.demand;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * What one gateway was asked for within the last second.
 *
 * @param watcher the gateway, by the id under which it follows the feed
 * @param tenants those that are limited and asked for something, each once; at most {@value
 *     #MAX_TENANTS}
 */
public record DemandReport(String watcher, List<OfTenant> tenants) {

  static final int MAX_TENANTS = 1_000;

  private static final Pattern WATCHER = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /**
   * One of them.
   *
   * @param id of its registration
   * @param limits that the gateway goes by; they may be those of its configuration
   * @param demand granted and refused
   */
  public record OfTenant(UUID id, Amounts limits, Amounts demand) {
    public OfTenant {
      if (id == null || limits == null || demand == null) {
        throw invalid("Each of tenants has id, limits and demand");
      }
    }
  }

  public DemandReport {
    if (watcher == null || !WATCHER.matcher(watcher).matches()) {
      throw invalid("watcher has 1 to 64 characters of A-Z, a-z, 0-9, . _ -");
    }
    if (tenants == null || tenants.size() > MAX_TENANTS || tenants.contains(null)) {
      throw invalid("tenants is a list of at most " + MAX_TENANTS + " tenants");
    }
    tenants = List.copyOf(tenants);
    Set<UUID> ids = new HashSet<>();
    tenants.forEach(it -> ids.add(it.id()));
    if (ids.size() < tenants.size()) {
      throw invalid("tenants names one of them twice");
    }
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
