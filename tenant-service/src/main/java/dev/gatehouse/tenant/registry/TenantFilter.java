package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which tenants a list holds.
 *
 * @param within what the caller reaches; of the tenants above it only the names are known, so a
 *     list by status has none of them
 * @param prefix how the names begin
 */
record TenantFilter(Reach within, String prefix, Optional<TenantEntry.Status> status) {

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9:_-]{0,64}");

  TenantFilter {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "prefix is the beginning of a tenant's name");
    }
  }

  /** The names of the tenants that are listed though they are not reached. */
  List<String> above() {
    return status.isPresent()
        ? List.of()
        : within.top().map(TenantId::ancestors).orElse(List.of()).stream()
            .map(TenantId::value)
            .toList();
  }
}
