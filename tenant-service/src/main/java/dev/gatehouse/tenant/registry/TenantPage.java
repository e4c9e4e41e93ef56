package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Some tenants, sorted by name, and where the next ones start. */
record TenantPage(List<TenantView> tenants, Optional<String> next) {

  TenantPage {
    tenants = List.copyOf(tenants);
  }

  /**
   * Cuts what was found to the page, and shows what is not reached by name only.
   *
   * @param found with a limit one above the page's
   */
  static TenantPage of(List<Tenant> found, PageRequest page, Reach reach) {
    return new TenantPage(
        found.stream().limit(page.limit()).map(it -> TenantView.of(it, reach)).toList(),
        Cursor.next(found, page, tenant -> tenant.name));
  }
}
