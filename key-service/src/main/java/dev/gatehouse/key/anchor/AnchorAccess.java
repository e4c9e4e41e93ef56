package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who may do what with trust anchors. */
final class AnchorAccess {

  static final Scope READ = new Scope("keys:read");
  static final Scope WRITE = new Scope("keys:write");

  private AnchorAccess() {}

  /** Why this caller may not look at keys at all; empty when it may. */
  static Optional<Forbidden> refusalToRead(Caller caller) {
    return caller.scopes().contains(WRITE) ? Optional.empty() : lacks(caller, READ);
  }

  /** Why this caller may not list the keys of that owner, or any; empty when it may. */
  static Optional<Forbidden> refusalToList(Caller caller, Optional<Reach> owner) {
    return refusalToRead(caller)
        .or(
            () ->
                owner
                    .filter(asked -> !manages(caller, asked))
                    .map(asked -> mismatch("Keys are listed")));
  }

  static Optional<Forbidden> refusalToRemove(Caller caller) {
    return lacks(caller, WRITE);
  }

  /** Why this caller may not add a key of that owner and with those scopes; empty when it may. */
  static Optional<Forbidden> refusalToAdd(
      Caller caller, Reach owner, Set<Scope> scopes, boolean wildcardOwner) {
    return lacks(caller, WRITE)
        .or(() -> refusalOfOwner(caller, owner, wildcardOwner))
        .or(() -> refusalOfScopes(caller, scopes));
  }

  /** Whether the caller sees, and may remove, keys of that owner. */
  static boolean manages(Caller caller, Reach owner) {
    return caller.reach().top().isEmpty() || owner.top().map(caller.reach()::covers).orElse(false);
  }

  /**
   * Whether the caller may hear that this owner has a key too: besides those whom it manages, the
   * owners that may sign for it. Somebody who removes a key must learn who can still use it.
   */
  static boolean mayKnowOf(Caller caller, Reach owner) {
    return manages(caller, owner) || caller.reach().top().map(owner::covers).orElse(false);
  }

  private static Optional<Forbidden> lacks(Caller caller, Scope scope) {
    return scope.isIn(caller.scopes())
        ? Optional.empty()
        : Optional.of(new Forbidden(ErrorCode.SCOPE_INSUFFICIENT, "This needs the scope " + scope));
  }

  private static Optional<Forbidden> refusalOfOwner(
      Caller caller, Reach owner, boolean wildcardOwner) {
    Optional<TenantId> tenant = owner.top();
    if (tenant.isPresent()) {
      return manages(caller, owner) ? Optional.empty() : Optional.of(mismatch("Keys are added"));
    }
    if (caller.reach().top().isPresent()) {
      return Optional.of(
          new Forbidden(
              ErrorCode.OWNER_REFUSED,
              "Only operators may add keys of the owner *; name a tenant as owner"));
    }
    return wildcardOwner
        ? Optional.empty()
        : Optional.of(
            new Forbidden(
                ErrorCode.OWNER_REFUSED,
                "Keys of the owner * are switched off (gatehouse.keys.wildcard-owner); name a"
                    + " tenant as owner"));
  }

  /** Says the same whether there is such a tenant or not. */
  private static Forbidden mismatch(String what) {
    return new Forbidden(
        ErrorCode.TENANT_MISMATCH, what + " for your own tenant and those nested in it only");
  }

  private static Optional<Forbidden> refusalOfScopes(Caller caller, Set<Scope> scopes) {
    Set<String> lacking =
        scopes.stream()
            .filter(scope -> !scope.isIn(caller.scopes()))
            .map(Scope::value)
            .collect(Collectors.toCollection(TreeSet::new));
    return lacking.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Forbidden(
                ErrorCode.SCOPE_INSUFFICIENT,
                "Nobody grants scopes that they lack: " + String.join(" ", lacking)));
  }
}
