package dev.gatehouse.common.permission;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.UserId;
import java.util.Optional;

/** What is to be touched. An owner {@code *} means an object that belongs to the operators. */
public sealed interface Target {

  /** A registration of a tenant: its status, its limits, its existence. */
  record OfTenant(TenantId name) implements Target {}

  /**
   * A trust anchor.
   *
   * @param personalOf the user whose personal key it is; empty: it belongs to all of the owner
   */
  record OfKey(Reach owner, Optional<UserId> personalOf) implements Target {}

  record OfIssuer(Reach owner) implements Target {}

  record OfRevocation(Reach owner) implements Target {}

  /** The entries of the audit log that are about this tenant; {@code *}: about the instance. */
  record OfAudit(Reach tenant) implements Target {}

  /** What concerns every tenant: gateways, feeds, pruning of the audit, export and import. */
  record OfInstance() implements Target {}
}
