package dev.gatehouse.cli.tenant;

import dev.gatehouse.cli.api.View;
import java.util.List;

/** Tenants on standard output. */
final class TenantView {

  static final View TENANTS =
      new View(
          "tenants",
          "name",
          List.of("name", "status", "orgId", "limits", "createdAt", "displayName"));

  private TenantView() {}
}
