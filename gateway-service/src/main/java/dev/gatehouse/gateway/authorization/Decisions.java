package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Tenants;
import dev.gatehouse.gateway.trust.Trust;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides the data plane (design §4.4). The order of the checks is part of the contract, because it
 * keeps what a stranger hears free of what exists:
 *
 * <ol>
 *   <li>Which tenant is asked for? (Of several, see {@link Federation}, each is.) Host, path and
 *       {@code X-Tenant-ID} must agree; without them it is the token's only tenant, or {@code _}
 *       when {@code *} reads ({@code tenant_mismatch}, {@code tenant_required}, {@code
 *       header_refused}, {@code tenant_name_invalid}).
 *   <li>May one of the token's tenants do this with it? The registry is not looked at yet ({@code
 *       tenant_mismatch}).
 *   <li>Does the api serve it? An api that lists its tenants is nobody else's ({@code
 *       tenant_mismatch}, the answer for any tenant that a request has nothing to look for at).
 *   <li>Is it registered, and the token's tenant too ({@code tenant_unknown}), and the owner of the
 *       key or issuer still the registration that it belonged to ({@code key_unknown})?
 *   <li>Is one of these, or an ancestor, suspended ({@code tenant_suspended})?
 *   <li>Do the scopes allow the operation ({@code scope_insufficient})?
 *   <li>Does the client's own tenant header, if it sends one, name the organisation id that the
 *       request acts as ({@code tenant_mismatch})?
 * </ol>
 */
public final class Decisions {

  static final Decision.Refused MISMATCH =
      refused(ErrorCode.TENANT_MISMATCH, "The token does not allow this with this tenant");
  private static final Decision.Refused API_MISMATCH =
      refused(ErrorCode.TENANT_MISMATCH, "This api does not serve this tenant");
  private static final Decision.Refused DISAGREEMENT =
      refused(ErrorCode.TENANT_MISMATCH, "The host or path and X-Tenant-ID name different tenants");
  static final Decision.Refused ORG_ID =
      refused(
          ErrorCode.TENANT_MISMATCH,
          "The request's own tenant header names another tenant than it acts as; leave it out");
  private static final Decision.Refused REQUIRED =
      refused(
          ErrorCode.TENANT_REQUIRED,
          "The token speaks for several tenants; say in X-Tenant-ID which one is meant");
  private static final Decision.Refused REPEATED =
      refused(ErrorCode.HEADER_REFUSED, "X-Tenant-ID is given more than once");
  private static final Decision.Refused UNKNOWN =
      refused(ErrorCode.TENANT_UNKNOWN, "The tenant is not registered");
  private static final Decision.Refused OWNER_GONE =
      refused(
          ErrorCode.KEY_UNKNOWN, "The tenant that vouches for this token is registered no longer");
  private static final Decision.Refused SUSPENDED =
      refused(ErrorCode.TENANT_SUSPENDED, "A tenant that this request depends on is suspended");
  private static final Decision.Refused SCOPE =
      refused(ErrorCode.SCOPE_INSUFFICIENT, "The token's scopes do not allow this operation");

  /** What may be wrong with one tenant, in the order of the checks. */
  static final List<Decision.Refused> IN_ORDER =
      List.of(MISMATCH, API_MISMATCH, UNKNOWN, OWNER_GONE, SUSPENDED, SCOPE, ORG_ID);

  private Decisions() {}

  /** Decides a request of this identity under this trust. */
  public static Decision decide(
      Identity identity, DataRequest request, Trust trust, NestingSettings settings) {
    List<String> headers = request.tenantIds();
    if (headers.isEmpty()) {
      return request.addressed().isPresent()
          ? decideFor(
              request.addressed().get(), true, request.orgIds(), identity, request, trust, settings)
          : decideUnasked(identity, request, trust, settings);
    }
    if (headers.size() > 1) {
      return REPEATED;
    }
    String header = headers.get(0);
    if (header.indexOf('|') >= 0) {
      return Federation.decide(header, identity, request, trust, settings);
    }
    if (header.equals("*")) {
      return MISMATCH;
    }
    TenantId named;
    try {
      named = new TenantId(header);
    } catch (Invalid e) {
      return refused(e.code(), e.detail());
    }
    if (request.addressed().isPresent() && !request.addressed().get().equals(named)) {
      return DISAGREEMENT;
    }
    return decideFor(named, true, request.orgIds(), identity, request, trust, settings);
  }

  private static Decision decideUnasked(
      Identity identity, DataRequest request, Trust trust, NestingSettings settings) {
    Optional<TenantId> only = identity.tenants().only();
    if (only.isPresent()) {
      return decideFor(only.get(), false, request.orgIds(), identity, request, trust, settings);
    }
    boolean reads = request.operation().kind() == OperationClass.READ;
    return identity.tenants().isEvery() && reads
        ? decideFor(TenantId.DEFAULT, false, request.orgIds(), identity, request, trust, settings)
        : REQUIRED;
  }

  /**
   * @param orgIds those that the client names itself
   */
  static Decision decideFor(
      TenantId requested,
      boolean asked,
      List<String> orgIds,
      Identity identity,
      DataRequest request,
      Trust trust,
      NestingSettings settings) {
    Tenants tenants = trust.tenants();
    OperationClass kind = request.operation().kind();
    Home home = Home.of(identity.tenants(), requested, kind, settings, tenants);
    if (home == Home.UNRELATED) {
      return MISMATCH;
    }
    if (!request.api().serves(requested)) {
      return API_MISMATCH;
    }
    Optional<Tenant> target = tenants.byName(requested);
    if (target.isEmpty() || home == Home.UNREGISTERED) {
      return UNKNOWN;
    }
    Optional<UUID> ownerId = ownerId(identity);
    Optional<Tenant> owner = ownerId.flatMap(tenants::byId);
    if (ownerId.isPresent() && owner.isEmpty()) {
      return OWNER_GONE;
    }
    if (home == Home.SUSPENDED
        || Suspension.reaches(requested, tenants)
        || (owner.isPresent() && Suspension.reaches(owner.get().name(), tenants))) {
      return SUSPENDED;
    }
    if (!request.api().isAllowed(kind, identity.scopes())) {
      return SCOPE;
    }
    return namesOther(orgIds, target.get()) ? ORG_ID : allowed(target.get(), asked, identity);
  }

  /** Whether the client itself asks the backend for another tenant; it is never just overruled. */
  private static boolean namesOther(List<String> orgIds, Tenant target) {
    for (String orgId : orgIds) {
      if (!orgId.equals(target.orgId().value())) {
        return true;
      }
    }
    return false;
  }

  /** A user is somebody in their own tenant only; who speaks for all acts as another once asked. */
  private static Decision allowed(Tenant target, boolean asked, Identity identity) {
    boolean itself =
        identity.tenants().isEvery() ? !asked : identity.tenants().contains(target.name());
    return new Decision.Allowed(
        target.name(),
        target.id(),
        target.orgId().value(),
        itself ? identity.username() : Optional.empty(),
        List.of());
  }

  private static Optional<UUID> ownerId(Identity identity) {
    return identity.anchor().isPresent()
        ? identity.anchor().get().ownerId()
        : identity.issuer().flatMap(issuer -> issuer.ownerId());
  }

  private static Decision.Refused refused(ErrorCode code, String detail) {
    return new Decision.Refused(code, detail);
  }
}
