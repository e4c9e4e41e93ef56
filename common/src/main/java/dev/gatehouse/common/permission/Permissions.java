package dev.gatehouse.common.permission;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.UserId;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Who may do what with registered objects. One sees what is one's own, everything nested in it, and
 * the names of the tenants above; everything else does not exist. One manages the keys, issuers and
 * revocations of one's own tenant and of those nested in it; tenants only if they are nested in
 * one's own, because one's own status, limits and removal belong to those above. The default tenant
 * {@code _} and what is owned by {@code *} belong to the operators.
 */
public final class Permissions {

  private static final Verdict ALLOWED = new Verdict.Allowed();
  private static final Verdict NAME_ONLY = new Verdict.NameOnly();
  private static final Verdict HIDDEN = new Verdict.Hidden();
  private static final Scope EVERY_USERS_KEYS = new Scope("keys:all");

  private Permissions() {}

  public static Verdict decide(Caller caller, Act act, Target target) {
    Optional<Verdict> lack = lackOfScope(caller, act, kindOf(target));
    if (lack.isPresent()) {
      return lack.get();
    }
    if (target instanceof Target.OfTenant tenant) {
      return ofTenant(caller.reach(), act, tenant.name());
    }
    if (target instanceof Target.OfKey key) {
      return ofKey(caller, act, key);
    }
    if (target instanceof Target.OfIssuer issuer) {
      return ofOwned(caller.reach(), act, issuer.owner(), "Issuers");
    }
    if (target instanceof Target.OfRevocation revocation) {
      return ofOwned(caller.reach(), act, revocation.owner(), "Revocations");
    }
    if (target instanceof Target.OfAudit audit) {
      return ofAudit(caller.reach(), act, audit.tenant());
    }
    return caller.isOperator() ? ALLOWED : notAllowed("This is for operators only");
  }

  /**
   * Refuses what is not allowed.
   *
   * @param hidden what to answer for something that does not exist for this caller; it has to be
   *     the same as for something that does not exist at all
   * @return {@link Verdict.Allowed}, or for {@link Act#SEE} also {@link Verdict.NameOnly}
   */
  public static Verdict require(
      Caller caller, Act act, Target target, Supplier<? extends Refusal> hidden) {
    Verdict verdict = decide(caller, act, target);
    if (verdict instanceof Verdict.Hidden) {
      throw hidden.get();
    }
    if (verdict instanceof Verdict.Denied denied) {
      throw new Forbidden(denied.code(), denied.detail());
    }
    return verdict;
  }

  /** Refuses scopes that the caller lacks: nobody gives away what they do not have. */
  public static void requireGrantable(Caller caller, Collection<Scope> scopes) {
    TreeSet<String> lacking =
        scopes.stream()
            .filter(scope -> !scope.isIn(caller.scopes()))
            .map(Scope::value)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!lacking.isEmpty()) {
      throw new Forbidden(
          ErrorCode.SCOPE_INSUFFICIENT,
          "Nobody grants scopes that they lack: " + String.join(" ", lacking));
    }
  }

  private static Verdict ofTenant(Reach reach, Act act, TenantId target) {
    boolean own = reach.top().filter(target::equals).isPresent();
    if (reach.covers(target) && !(own && act != Act.SEE)) {
      return ALLOWED;
    }
    if (act == Act.ADD) {
      return notAllowed("You may create tenants that are nested in your own only");
    }
    boolean above = reach.top().filter(top -> top.isWithin(target)).isPresent();
    if (!above) {
      return HIDDEN;
    }
    return act == Act.SEE
        ? NAME_ONLY
        : notAllowed("Only a tenant above it, or an operator, may change this tenant");
  }

  private static Verdict ofKey(Caller caller, Act act, Target.OfKey key) {
    Verdict verdict = ofOwned(caller.reach(), act, key.owner(), "Keys");
    if (!verdict.equals(ALLOWED) || key.personalOf().isEmpty()) {
      return verdict;
    }
    UserId user = key.personalOf().get();
    boolean oneself = caller.user().filter(user::equals).isPresent();
    if (act == Act.ADD) {
      return oneself ? ALLOWED : notAllowed("Personal keys are added by their user only");
    }
    return oneself || caller.scopes().contains(EVERY_USERS_KEYS) ? ALLOWED : HIDDEN;
  }

  private static Verdict ofOwned(Reach reach, Act act, Reach owner, String what) {
    if (!covers(reach, owner)) {
      return act == Act.ADD ? notYours(owner, what) : HIDDEN;
    }
    boolean isOfDefault = owner.top().filter(TenantId::isDefault).isPresent();
    return isOfDefault && act != Act.SEE && reach.top().isPresent()
        ? notAllowed("The default tenant belongs to the operators")
        : ALLOWED;
  }

  private static Verdict ofAudit(Reach reach, Act act, Reach tenant) {
    if (act != Act.SEE) {
      return notAllowed("Nobody changes the audit log");
    }
    return covers(reach, tenant) ? ALLOWED : HIDDEN;
  }

  /** Says the same whether there is such a tenant or not. */
  private static Verdict notYours(Reach owner, String what) {
    return owner.top().isEmpty()
        ? new Verdict.Denied(
            ErrorCode.OWNER_REFUSED, what + " of the owner * are added by operators only")
        : new Verdict.Denied(
            ErrorCode.TENANT_MISMATCH,
            what + " are added for your own tenant and those nested in it only");
  }

  private static boolean covers(Reach reach, Reach owner) {
    return reach.top().isEmpty() || owner.top().filter(reach::covers).isPresent();
  }

  private static Optional<Verdict> lackOfScope(Caller caller, Act act, String kind) {
    Scope read = new Scope(kind + ":read");
    // Nobody writes the audit log, whatever scope they have.
    Scope write = kind.equals("audit") ? read : new Scope(kind + ":write");
    boolean may =
        caller.scopes().contains(write) || (act == Act.SEE && caller.scopes().contains(read));
    return may
        ? Optional.empty()
        : Optional.of(
            new Verdict.Denied(
                ErrorCode.SCOPE_INSUFFICIENT,
                "This needs the scope " + (act == Act.SEE ? read : write)));
  }

  private static String kindOf(Target target) {
    if (target instanceof Target.OfTenant || target instanceof Target.OfInstance) {
      return "tenants";
    }
    if (target instanceof Target.OfIssuer) {
      return "issuers";
    }
    return target instanceof Target.OfAudit ? "audit" : "keys";
  }

  private static Verdict notAllowed(String detail) {
    return new Verdict.Denied(ErrorCode.NOT_ALLOWED, detail);
  }
}
