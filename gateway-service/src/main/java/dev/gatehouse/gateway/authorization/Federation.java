package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authentication.TokenTenants;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.Tenants;
import dev.gatehouse.gateway.trust.Trust;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides a query of several tenants at once, {@code X-Tenant-ID: a|b} (design §4.4): the api must
 * be asked by its own host, it and its catalog must allow that, and each tenant named must be one
 * that the request could be made of alone. Where several cannot, the refusal that comes first among
 * the checks of {@link Decisions} is the answer, so that a foreign name is told from nothing else.
 *
 * <p>What is asked counts for the token's own tenant: {@code _} for a token of all, the first by
 * name for one of several.
 */
final class Federation {

  static final int MAX_TENANTS = 64;

  private static final Decision.Refused ONE =
      refused("X-Tenant-ID names several tenants; this operation takes exactly one");
  private static final Decision.Refused ADDRESSED =
      refused("X-Tenant-ID names several tenants; ask the api's own host, which is nobody's");
  private static final Decision.Refused EMPTY =
      refused("X-Tenant-ID holds an empty name; write the names as a|b");
  private static final Decision.Refused TOO_MANY =
      refused("X-Tenant-ID names more than " + MAX_TENANTS + " tenants");

  private static final Comparator<TenantId> BY_NAME = Comparator.comparing(TenantId::value);

  private Federation() {}

  /**
   * @param header holds at least one {@code |}
   */
  static Decision decide(
      String header,
      Identity identity,
      DataRequest request,
      Trust trust,
      NestingSettings settings) {
    if (!request.api().federates() || !request.operation().federation()) {
      return ONE;
    }
    if (request.addressed().isPresent()) {
      return ADDRESSED;
    }
    Set<TenantId> named = new TreeSet<>(BY_NAME);
    for (String name : header.split("\\|", -1)) {
      if (name.isEmpty()) {
        return EMPTY;
      }
      if (name.equals("*")) {
        return Decisions.MISMATCH;
      }
      try {
        named.add(new TenantId(name));
      } catch (Invalid e) {
        return new Decision.Refused(e.code(), e.detail());
      }
    }
    return named.size() > MAX_TENANTS
        ? TOO_MANY
        : decide(named, identity, request, trust, settings);
  }

  private static Decision decide(
      Set<TenantId> named,
      Identity identity,
      DataRequest request,
      Trust trust,
      NestingSettings settings) {
    Set<String> orgIds = new TreeSet<>();
    List<Decision.Refused> refusals = new ArrayList<>();
    for (TenantId tenant : named) {
      Decision alone =
          Decisions.decideFor(tenant, true, List.of(), identity, request, trust, settings);
      if (alone instanceof Decision.Allowed allowed) {
        orgIds.add(allowed.orgId());
      } else {
        refusals.add((Decision.Refused) alone);
      }
    }
    if (!refusals.isEmpty()) {
      refusals.sort(Comparator.comparing(Decisions.IN_ORDER::indexOf));
      return refusals.get(0);
    }
    if (!request.orgIds().stream().allMatch(claimed -> names(claimed, orgIds))) {
      return Decisions.ORG_ID;
    }
    Tenant charged = charged(identity.tenants(), trust.tenants());
    return new Decision.Allowed(
        charged.name(),
        charged.id(),
        String.join("|", orgIds),
        identity.tenants().isEvery() ? Optional.empty() : identity.username(),
        List.copyOf(named));
  }

  /** Whether the client's own tenant header means the same tenants, in whatever order. */
  private static boolean names(String claimed, Set<String> orgIds) {
    return new TreeSet<>(List.of(claimed.split("\\|", -1))).equals(orgIds);
  }

  /** One of a token that may read something is registered and active. */
  private static Tenant charged(TokenTenants token, Tenants tenants) {
    if (token.isEvery()) {
      return tenants.byName(TenantId.DEFAULT).orElseThrow();
    }
    return token.named().stream()
        .sorted(BY_NAME)
        .filter(own -> !Suspension.reaches(own, tenants))
        .flatMap(own -> tenants.byName(own).stream())
        .findFirst()
        .orElseThrow();
  }

  private static Decision.Refused refused(String detail) {
    return new Decision.Refused(ErrorCode.HEADER_REFUSED, detail);
  }
}
