package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.name.Reach;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which tenants a list holds.
 *
 * @param within what the caller reaches
 * @param prefix how the names begin
 */
record TenantFilter(Reach within, String prefix, Optional<TenantEntry.Status> status) {

  private static final Pattern PREFIX = Pattern.compile("[a-z0-9:_-]{0,64}");

  TenantFilter {
    if (!PREFIX.matcher(prefix).matches()) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "prefix is the beginning of a tenant's name");
    }
  }
}
