package dev.gatehouse.key.issuer;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import java.util.Optional;

/** What {@link Permissions} says before any issuer is looked at. */
final class IssuerPermissions {

  private IssuerPermissions() {}

  /** For whom no issuer could be the right one, none is looked for. */
  static void require(Caller caller, Act act) {
    requireOf(caller, act, caller.reach());
  }

  /** Lists of owners outside the caller's reach are refused, whether they exist or not. */
  static void requireList(Caller caller, Optional<Reach> owner) {
    require(caller, Act.SEE);
    owner.ifPresent(
        asked ->
            Permissions.require(
                caller,
                Act.SEE,
                new Target.OfIssuer(asked),
                () ->
                    new Forbidden(
                        ErrorCode.TENANT_MISMATCH,
                        "Issuers are listed for your own tenant and those nested in it only")));
  }

  static void requireAddition(Caller caller, NewIssuer wanted) {
    requireOf(caller, Act.ADD, new Reach.Subtree(wanted.owner()));
    Permissions.requireGrantable(caller, wanted.terms().scopes());
  }

  private static void requireOf(Caller caller, Act act, Reach owner) {
    Permissions.require(caller, act, new Target.OfIssuer(owner), IssuerChoice::notFound);
  }
}
