package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authorization.Suspension;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Tenants;
import dev.gatehouse.gateway.trust.Trust;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides who stands behind a call of the control plane, as the services are told. A call has
 * exactly one reach: a tenant with those nested in it, or everything. Pure.
 */
final class ControlCaller {

  private ControlCaller() {}

  /**
   * Decides by the token, by {@code X-Tenant-ID}, and by who is registered and suspended. Whoever
   * acts as another tenant than their own is no user there; what they have shown stays, for the
   * audit.
   *
   * @param tenantIds the values of {@code X-Tenant-ID}, as received
   * @param client the address that the call comes from
   * @throws Refusal when the token does not reach that far, or may manage nothing
   */
  static Caller of(Identity identity, List<String> tenantIds, Trust trust, String client) {
    if (identity.scopes().stream().noneMatch(Scope::isManagement)) {
      throw new Forbidden(
          ErrorCode.SCOPE_INSUFFICIENT, "The token has no scope that manages anything");
    }
    Reach reach = reach(identity, tenantIds);
    Optional<TenantId> home = home(identity, reach);
    requireActive(home, trust.tenants());
    requireActive(reach.top(), trust.tenants());
    requireOwner(identity, trust.tenants());
    boolean asItself = home.equals(reach.top());
    return new Caller(
        reach,
        asItself ? identity.username() : Optional.empty(),
        identity.scopes(),
        credential(identity),
        client);
  }

  /** What was shown at the door. */
  static Credential credential(Identity identity) {
    return identity
        .issuer()
        .map(issuer -> Credential.ofIssuer(issuer.id()))
        .or(() -> identity.anchor().map(anchor -> Credential.ofKey(anchor.keyId())))
        .orElse(Credential.API_KEY);
  }

  private static Reach reach(Identity identity, List<String> tenantIds) {
    if (tenantIds.size() > 1) {
      throw new Invalid(ErrorCode.HEADER_REFUSED, "X-Tenant-ID is given more than once");
    }
    if (tenantIds.size() == 1) {
      return asked(identity, Reach.parse(tenantIds.get(0)));
    }
    if (identity.tenants().isEvery()) {
      return Reach.EVERYTHING;
    }
    return identity
        .tenants()
        .only()
        .<Reach>map(Reach.Subtree::new)
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.TENANT_REQUIRED,
                    "The token speaks for several tenants; say in X-Tenant-ID which one is meant"));
  }

  private static Reach asked(Identity identity, Reach wanted) {
    boolean covered =
        identity.tenants().isEvery()
            || wanted.top().filter(tenant -> nearest(identity, tenant).isPresent()).isPresent();
    if (!covered) {
      throw new Forbidden(
          ErrorCode.TENANT_MISMATCH, "The token does not reach what X-Tenant-ID names");
    }
    return wanted;
  }

  /** The token's own tenant from which it reaches so far; empty for a token of everything. */
  private static Optional<TenantId> home(Identity identity, Reach reach) {
    return identity.tenants().isEvery()
        ? Optional.empty()
        : reach.top().flatMap(tenant -> nearest(identity, tenant));
  }

  private static Optional<TenantId> nearest(Identity identity, TenantId tenant) {
    return identity.tenants().named().stream()
        .filter(tenant::isWithin)
        .max((one, other) -> Integer.compare(one.value().length(), other.value().length()));
  }

  private static void requireActive(Optional<TenantId> tenant, Tenants tenants) {
    if (tenant.isEmpty()) {
      return;
    }
    if (tenants.byName(tenant.get()).isEmpty()) {
      throw new NotFound(ErrorCode.TENANT_UNKNOWN, "The tenant is not registered");
    }
    requireNotSuspended(tenant.get(), tenants);
  }

  private static void requireOwner(Identity identity, Tenants tenants) {
    Optional<UUID> ownerId =
        identity.anchor().isPresent()
            ? identity.anchor().get().ownerId()
            : identity.issuer().flatMap(issuer -> issuer.ownerId());
    if (ownerId.isEmpty()) {
      return;
    }
    Tenant owner =
        tenants
            .byId(ownerId.get())
            .orElseThrow(
                () ->
                    new Unauthenticated(
                        ErrorCode.KEY_UNKNOWN,
                        "The tenant that vouches for this token is registered no longer"));
    requireNotSuspended(owner.name(), tenants);
  }

  private static void requireNotSuspended(TenantId tenant, Tenants tenants) {
    if (Suspension.reaches(tenant, tenants)) {
      throw new Forbidden(
          ErrorCode.TENANT_SUSPENDED, "A tenant that this request depends on is suspended");
    }
  }
}
