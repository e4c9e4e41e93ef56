package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant to be registered.
 *
 * @param orgId the organisation id of data that is there already; by default it follows the name
 * @param reuse whether it is meant that the tenant inherits the data of a former one
 */
record NewTenant(
    TenantId name,
    Optional<DisplayName> displayName,
    Optional<OrgId> orgId,
    Optional<TenantLimits> limits,
    boolean reuse) {

  @JsonCreator
  static NewTenant of(
      @Nullable TenantId name,
      @Nullable DisplayName displayName,
      @Nullable OrgId orgId,
      @Nullable TenantLimits limits,
      @Nullable Boolean reuse) {
    if (name == null) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "The field name is missing");
    }
    return new NewTenant(
        name,
        Optional.ofNullable(displayName).filter(it -> !it.value().isEmpty()),
        Optional.ofNullable(orgId),
        Optional.ofNullable(limits).filter(it -> !it.equals(TenantLimits.NONE)),
        Boolean.TRUE.equals(reuse));
  }

  OrgId effectiveOrgId() {
    return orgId.orElseGet(() -> OrgId.of(name));
  }
}
