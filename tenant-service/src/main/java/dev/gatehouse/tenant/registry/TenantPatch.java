package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.TenantLimits;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to change of a tenant, as a merge patch (RFC 7396). An empty display name takes it away
 * as well; the status can be changed only.
 */
record TenantPatch(
    Patched<DisplayName> displayName,
    Optional<TenantEntry.Status> status,
    Patched<LimitsPatch> limits) {

  static final String MEDIA_TYPE = "application/merge-patch+json";

  @JsonCreator
  static TenantPatch of(
      Patched<DisplayName> displayName, Patched<String> status, Patched<LimitsPatch> limits) {
    if (status.named() && status.value().isEmpty()) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "status cannot be taken away");
    }
    return new TenantPatch(displayName, status.value().map(TenantPatch::status), limits);
  }

  static TenantEntry.Status status(String text) {
    for (TenantEntry.Status status : TenantEntry.Status.values()) {
      if (status.name().equals(text)) {
        return status;
      }
    }
    throw new Invalid(ErrorCode.FIELD_INVALID, "status is active or suspended");
  }

  /** Writes the change; false when the tenant was like that before. */
  boolean applyTo(Tenant tenant) {
    Optional<String> newName =
        displayName
            .map(DisplayName::value)
            .over(Optional.ofNullable(tenant.displayName))
            .filter(it -> !it.isEmpty());
    TenantEntry.Status newStatus = status.orElse(tenant.status);
    Optional<TenantLimits> newLimits = newLimits(Optional.ofNullable(tenant.limits));
    boolean changes =
        newStatus != tenant.status
            || !Objects.equals(newName.orElse(null), tenant.displayName)
            || !Objects.equals(newLimits.orElse(null), tenant.limits);
    tenant.displayName = newName.orElse(null);
    tenant.status = newStatus;
    tenant.limits = newLimits.orElse(null);
    return changes;
  }

  private Optional<TenantLimits> newLimits(Optional<TenantLimits> before) {
    return limits.named()
        ? limits.value().flatMap(patch -> patch.over(before.orElse(TenantLimits.NONE)))
        : before;
  }
}
