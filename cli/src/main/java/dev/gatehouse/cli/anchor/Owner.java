package dev.gatehouse.cli.anchor;

import dev.gatehouse.common.name.TenantId;

/**
 * Whose a key, an issuer or a revocation is: a tenant's, for it and those nested in it, or {@code
 * *}.
 */
public record Owner(String value) {

  static final Owner EVERY_TENANT = new Owner("*");

  public Owner {
    if (!value.equals("*") && new TenantId(value).isDefault()) {
      throw new IllegalArgumentException("the tenant _ owns nothing");
    }
  }

  boolean isEveryTenant() {
    return value.equals("*");
  }

  @Override
  public String toString() {
    return value;
  }
}
