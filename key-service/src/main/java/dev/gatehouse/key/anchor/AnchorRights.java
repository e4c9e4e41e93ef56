package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import dev.gatehouse.common.permission.Verdict;
import java.util.Optional;

/** What {@link Permissions} leave to trust anchors: lists, and the owner {@code *}. */
final class AnchorRights {

  private AnchorRights() {}

  /** Refuses who may not do this with keys at all, before it is known which is meant. */
  static void requireAny(Caller caller, Act act) {
    Permissions.require(
        caller, act, new Target.OfKey(caller.reach(), Optional.empty()), AnchorRights::notFound);
  }

  static void requireList(Caller caller, Optional<Reach> owner) {
    requireAny(caller, Act.SEE);
    owner.ifPresent(
        asked ->
            Permissions.require(
                caller,
                Act.SEE,
                new Target.OfKey(asked, Optional.empty()),
                () ->
                    new Forbidden(
                        ErrorCode.TENANT_MISMATCH,
                        "Keys are listed for your own tenant and those nested in it only")));
  }

  static void requireAddition(Caller caller, AnchorUpload upload, boolean wildcardOwner) {
    Permissions.require(
        caller,
        Act.ADD,
        new Target.OfKey(upload.owner(), upload.userOf(caller)),
        AnchorRights::notFound);
    if (upload.owner().top().isEmpty() && !wildcardOwner) {
      throw new Forbidden(
          ErrorCode.OWNER_REFUSED,
          "Keys of the owner * are switched off (gatehouse.keys.wildcard-owner); name a tenant as"
              + " owner");
    }
    Permissions.requireGrantable(caller, upload.scopes());
  }

  static boolean sees(Caller caller, Anchor anchor) {
    return Permissions.decide(caller, Act.SEE, anchor.target()) instanceof Verdict.Allowed;
  }

  /**
   * Whether the caller may hear that this owner has a key too: besides those whom it manages, the
   * owners that may sign for it. Somebody who removes a key must learn who can still use it.
   */
  static boolean mayKnowOf(Caller caller, Anchor anchor) {
    return sees(caller, anchor)
        || caller.reach().top().map(anchor.ownerReach()::covers).orElse(false);
  }

  static NotFound notFound() {
    return new NotFound(ErrorCode.KEY_NOT_FOUND, "There is no such key");
  }
}
