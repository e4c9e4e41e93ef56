package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authentication.TokenTenants;
import dev.gatehouse.gateway.authorization.NestingSettings.AncestorAccess;
import dev.gatehouse.gateway.authorization.NestingSettings.DescendantAccess;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.trust.Tenants;

/**
 * How the token's tenants stand to the one that is requested, worst first. A token that names
 * several does what one of them may do: a user of two tenants keeps the one when the other is
 * suspended.
 */
enum Home {
  /** None of them may do this with it. Follows from names alone, never from what is registered. */
  UNRELATED,
  UNREGISTERED,
  SUSPENDED,
  GOOD;

  static Home of(
      TokenTenants token,
      TenantId requested,
      OperationClass kind,
      NestingSettings settings,
      Tenants tenants) {
    if (token.isEvery()) {
      return GOOD;
    }
    Home best = UNRELATED;
    for (TenantId own : token.named()) {
      if (mayReach(own, requested, kind, settings)) {
        Home standing = standing(own, tenants);
        best = standing.compareTo(best) > 0 ? standing : best;
      }
    }
    return best;
  }

  private static boolean mayReach(
      TenantId own, TenantId requested, OperationClass kind, NestingSettings settings) {
    if (own.equals(requested)) {
      return true;
    }
    boolean reads = kind == OperationClass.READ;
    if (requested.isDefault()) {
      return reads && settings.defaultReadable();
    }
    if (own.isWithin(requested)) {
      return settings.ancestorAccess() == AncestorAccess.FULL
          || (reads && settings.ancestorAccess() == AncestorAccess.READ);
    }
    return reads && settings.descendantAccess() == DescendantAccess.READ && requested.isWithin(own);
  }

  private static Home standing(TenantId own, Tenants tenants) {
    if (tenants.byName(own).isEmpty()) {
      return UNREGISTERED;
    }
    return Suspension.reaches(own, tenants) ? SUSPENDED : GOOD;
  }
}
