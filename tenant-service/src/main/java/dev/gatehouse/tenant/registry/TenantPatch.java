package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantEntry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is to change of a tenant; an empty display name takes it away. */
record TenantPatch(Optional<DisplayName> displayName, Optional<TenantEntry.Status> status) {

  @JsonCreator
  static TenantPatch of(@Nullable DisplayName displayName, @Nullable String status) {
    return new TenantPatch(
        Optional.ofNullable(displayName), Optional.ofNullable(status).map(TenantPatch::status));
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
    String newName = displayName.map(DisplayName::value).orElse(tenant.displayName);
    String storedName = newName == null || newName.isEmpty() ? null : newName;
    TenantEntry.Status newStatus = status.orElse(tenant.status);
    boolean changes =
        newStatus != tenant.status || !java.util.Objects.equals(storedName, tenant.displayName);
    tenant.displayName = storedName;
    tenant.status = newStatus;
    return changes;
  }
}
