package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;

/**
 * Who may do what with a registered tenant. One sees oneself, everything nested, and the names of
 * one's ancestors; one changes only what is nested: one's own status and removal belong to those
 * above. Everybody else does not exist.
 */
final class Access {

  static final Scope READ = new Scope("tenants:read");
  static final Scope WRITE = new Scope("tenants:write");

  /** How much of a tenant a caller sees. */
  enum Sight {
    ALL,
    NAME,
    NOTHING
  }

  private Access() {}

  static Sight sight(Reach reach, TenantId target) {
    if (reach.covers(target)) {
      return Sight.ALL;
    }
    boolean ancestor = reach.top().filter(own -> own.isWithin(target)).isPresent();
    return ancestor ? Sight.NAME : Sight.NOTHING;
  }

  static void requireList(Caller caller) {
    if (!caller.scopes().contains(READ) && !caller.scopes().contains(WRITE)) {
      throw lacks(READ);
    }
  }

  /** Refuses what the caller may not see at all. */
  static Sight requireSight(Caller caller, TenantId target) {
    requireList(caller);
    Sight sight = sight(caller.reach(), target);
    if (sight == Sight.NOTHING) {
      throw unknown();
    }
    return sight;
  }

  /** Refuses a change or removal of what the caller does not see, or is not above of. */
  static void requireChange(Caller caller, TenantId target) {
    requireWrite(caller);
    if (sight(caller.reach(), target) == Sight.NOTHING) {
      throw unknown();
    }
    if (!isAbove(caller.reach(), target)) {
      throw new Forbidden(
          ErrorCode.NOT_ALLOWED, "Only a tenant above it, or an operator, may change this tenant");
    }
  }

  /** Refuses a name that the caller is not above of, whether it exists or not. */
  static void requireCreation(Caller caller, TenantId target) {
    requireWrite(caller);
    if (!isAbove(caller.reach(), target)) {
      throw new Forbidden(
          ErrorCode.NOT_ALLOWED, "You may create tenants that are nested in your own only");
    }
  }

  /** Refuses an organisation id of one's own choice, which could name the data of anybody. */
  static void requireChoiceOfOrgId(Caller caller) {
    if (!caller.reach().equals(Reach.EVERYTHING)) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "Only an operator may choose an organisation id");
    }
  }

  static NotFound unknown() {
    return new NotFound(ErrorCode.TENANT_UNKNOWN, "There is no such tenant");
  }

  private static boolean isAbove(Reach reach, TenantId target) {
    return reach.covers(target) && reach.top().filter(target::equals).isEmpty();
  }

  private static void requireWrite(Caller caller) {
    if (!caller.scopes().contains(WRITE)) {
      throw lacks(WRITE);
    }
  }

  private static Forbidden lacks(Scope scope) {
    return new Forbidden(ErrorCode.SCOPE_INSUFFICIENT, "This needs the scope " + scope);
  }
}
