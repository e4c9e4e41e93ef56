package dev.gatehouse.tenant.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** An organisation id that was in use once, so that backends may hold data under it. */
@Entity
@Table(name = "former_org_id")
class FormerOrgId {

  @Id
  @Column(name = "org_id")
  String orgId;
}
