package dev.gatehouse.tenant.registry;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A name that was in use once. Tokens issued before its last tenant was removed stay dead. */
@Entity
@Table(name = "former_name")
class FormerName {

  @Id String name;

  /** Seconds since the epoch. */
  @Column(name = "tokens_not_before")
  long tokensNotBefore;
}
