package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import dev.gatehouse.common.permission.Verdict;
import dev.gatehouse.common.quota.Quotas;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets the current caller do what they may, as often as they may. */
@ApplicationScoped
class Admission {

  private final CurrentCaller caller;
  private final Quotas quotas;

  Admission(CurrentCaller caller, Quotas quotas) {
    this.caller = caller;
    this.quotas = quotas;
  }

  /** How much the caller sees of a tenant; refuses what they do not see at all. */
  Verdict requireSight(TenantId name) {
    return require(Act.SEE, new Target.OfTenant(name));
  }

  Caller requireWrite(Act act, TenantId name) {
    require(act, new Target.OfTenant(name));
    quotas.requireWriteRate(caller.get());
    return caller.get();
  }

  Caller requireOperator(Act act) {
    require(act, new Target.OfInstance());
    return caller.get();
  }

  private Verdict require(Act act, Target target) {
    return Permissions.require(caller.get(), act, target, Registry::unknown);
  }
}
