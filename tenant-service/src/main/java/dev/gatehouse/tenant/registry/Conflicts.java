package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.database.DatabaseFaults;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;

/** What contradicts the registry, in the words of its API. */
final class Conflicts {

  private Conflicts() {}

  static void refuseIf(boolean refused, Conflict conflict) {
    if (refused) {
      throw conflict;
    }
  }

  /**
   * Two writers passed the checks at the same time, and the database let one of them win.
   *
   * @param nesting what it means when a parent goes while a child comes
   */
  static Throwable lostRace(Throwable failure, Conflict nesting) {
    return switch (DatabaseFaults.violatedConstraint(failure).orElse("")) {
      case "tenant_name_unique" -> exists();
      case "tenant_org_id_unique" -> orgIdTaken();
      case "tenant_parent_exists" -> nesting;
      default -> failure;
    };
  }

  static Conflict exists() {
    return new Conflict(ErrorCode.TENANT_EXISTS, "There is a tenant of this name");
  }

  static Conflict orgIdTaken() {
    return new Conflict(ErrorCode.ORG_ID_TAKEN, "Another tenant has this organisation id");
  }

  static Conflict parentUnknown() {
    return new Conflict(ErrorCode.PARENT_UNKNOWN, "Create the tenant above it first");
  }

  static Conflict hasChildren() {
    return new Conflict(
        ErrorCode.TENANT_HAS_CHILDREN,
        "Tenants are nested in it. Remove them first, or send recursive=true.");
  }

  static Conflict isDefault() {
    return new Conflict(
        ErrorCode.DEFAULT_TENANT, "The default tenant can be neither changed nor removed");
  }

  static Conflict wasUsed(String what) {
    return new Conflict(
        ErrorCode.NAME_WAS_USED,
        "A former tenant had this "
            + what
            + ", and backends may still hold its data. Send reuse: true to inherit that.");
  }
}
