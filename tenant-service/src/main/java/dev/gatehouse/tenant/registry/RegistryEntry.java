package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that the registry remembers, as it is exported and imported. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = RegistryEntry.Registered.class, name = "tenant"),
  @JsonSubTypes.Type(value = RegistryEntry.NameUsed.class, name = "former-name"),
  @JsonSubTypes.Type(value = RegistryEntry.OrgIdUsed.class, name = "former-org-id"),
})
sealed interface RegistryEntry {

  /** The last second of the year 9999. */
  long LATEST = 253_402_300_799L;

  /** What people call it when it is refused. */
  String label();

  /**
   * A registration, with its id, so that what is bound to it stays so.
   *
   * @param tokensNotBefore seconds since the epoch
   * @param createdAt counts to the millisecond
   */
  record Registered(
      UUID id,
      TenantId name,
      OrgId orgId,
      Optional<DisplayName> displayName,
      TenantEntry.Status status,
      Optional<TenantLimits> limits,
      Optional<Long> tokensNotBefore,
      Instant createdAt)
      implements RegistryEntry {

    public Registered {
      displayName = displayName.filter(it -> !it.value().isEmpty());
      limits = limits.filter(it -> !it.equals(TenantLimits.NONE));
      tokensNotBefore.ifPresent(it -> checkTime("tokensNotBefore", it));
      checkTime("createdAt", createdAt.getEpochSecond());
      createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
    }

    @JsonCreator
    static Registered read(
        @Nullable UUID id,
        @Nullable TenantId name,
        @Nullable OrgId orgId,
        @Nullable DisplayName displayName,
        @Nullable String status,
        @Nullable TenantLimits limits,
        @Nullable Long tokensNotBefore,
        @Nullable Instant createdAt) {
      return new Registered(
          required("id", id),
          required("name", name),
          required("orgId", orgId),
          Optional.ofNullable(displayName),
          TenantPatch.status(required("status", status)),
          Optional.ofNullable(limits),
          Optional.ofNullable(tokensNotBefore),
          required("createdAt", createdAt));
    }

    static Registered of(Tenant tenant) {
      return new Registered(
          tenant.id,
          tenant.tenantId(),
          new OrgId(tenant.orgId),
          Optional.ofNullable(tenant.displayName).map(DisplayName::new),
          tenant.status,
          Optional.ofNullable(tenant.limits),
          Optional.ofNullable(tenant.tokensNotBefore),
          tenant.createdAt);
    }

    Tenant tenant(Optional<UUID> parentId) {
      Tenant tenant = new Tenant();
      tenant.id = id;
      tenant.name = name.value();
      tenant.parentId = parentId.orElse(null);
      tenant.orgId = orgId.value();
      tenant.displayName = displayName.map(DisplayName::value).orElse(null);
      tenant.status = status;
      tenant.limits = limits.orElse(null);
      tenant.tokensNotBefore = tokensNotBefore.orElse(null);
      tenant.createdAt = createdAt;
      return tenant;
    }

    /** Whether tokens of the former tenant of this name could pass for this one's. */
    boolean admitsTokensBefore(long instant) {
      return tokensNotBefore.orElse(0L) < instant;
    }

    @Override
    public String label() {
      return "tenant " + name;
    }
  }

  /**
   * A name that was in use once.
   *
   * @param tokensNotBefore of the next tenant of that name; seconds since the epoch
   */
  record NameUsed(TenantId name, long tokensNotBefore) implements RegistryEntry {

    public NameUsed {
      checkTime("tokensNotBefore", tokensNotBefore);
    }

    @JsonCreator
    static NameUsed read(@Nullable TenantId name, @Nullable Long tokensNotBefore) {
      return new NameUsed(
          required("name", name), required("tokensNotBefore", tokensNotBefore).longValue());
    }

    static NameUsed of(FormerName former) {
      return new NameUsed(new TenantId(former.name), former.tokensNotBefore);
    }

    FormerName former() {
      FormerName former = new FormerName();
      former.name = name.value();
      former.tokensNotBefore = tokensNotBefore;
      return former;
    }

    @Override
    public String label() {
      return "former name " + name;
    }
  }

  /** An organisation id that was in use once. */
  record OrgIdUsed(OrgId orgId) implements RegistryEntry {

    @JsonCreator
    static OrgIdUsed read(@Nullable OrgId orgId) {
      return new OrgIdUsed(required("orgId", orgId));
    }

    static OrgIdUsed of(FormerOrgId former) {
      return new OrgIdUsed(new OrgId(former.orgId));
    }

    FormerOrgId former() {
      FormerOrgId former = new FormerOrgId();
      former.orgId = orgId.value();
      return former;
    }

    @Override
    public String label() {
      return "former organisation id " + orgId;
    }
  }

  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "The field " + field + " of an entry is missing");
    }
    return value;
  }

  private static void checkTime(String field, long seconds) {
    if (seconds < 0 || seconds > LATEST) {
      throw new Invalid(ErrorCode.FIELD_INVALID, field + " is a time from 1970 to 9999");
    }
  }
}
