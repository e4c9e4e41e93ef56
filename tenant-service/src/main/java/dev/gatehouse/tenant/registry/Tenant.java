package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.feed.TenantEntry;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One registration of a tenant. Its id is never used again, its name may be. */
@Entity
@Table(name = "tenant")
class Tenant {

  @Id UUID id;

  @Column(updatable = false)
  String name;

  @Column(name = "parent_id", updatable = false)
  @Nullable UUID parentId;

  @Column(name = "org_id", updatable = false)
  String orgId;

  @Column(name = "display_name")
  @Nullable String displayName;

  @Enumerated(EnumType.STRING)
  TenantEntry.Status status;

  @Convert(converter = LimitsColumn.class)
  @Nullable TenantLimits limits;

  @Column(name = "tokens_not_before", updatable = false)
  @Nullable Long tokensNotBefore;

  @Column(name = "created_at", updatable = false)
  Instant createdAt;

  long revision;

  TenantId tenantId() {
    return new TenantId(name);
  }

  Revision revision() {
    return new Revision(revision);
  }

  String path() {
    return TenantsResource.PATH + "/" + name;
  }

  /** Notes its last change, and shows it. */
  TenantView at(Revision lastChange) {
    revision = lastChange.value();
    return TenantView.of(this);
  }

  /** What the gateways are told of it. */
  Draft draft() {
    return Draft.of(
        TenantEntry.KIND,
        id,
        new TenantEntry(
            tenantId(),
            new OrgId(orgId),
            status,
            Optional.ofNullable(tokensNotBefore),
            Optional.ofNullable(limits)));
  }

  Draft removal() {
    return Draft.removal(TenantEntry.KIND, id);
  }
}
