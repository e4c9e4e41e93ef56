package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Some of what the registry remembers, in the order of an import, and where the rest starts. */
record RegistryPage(List<RegistryEntry> entries, Optional<String> next) {

  RegistryPage {
    entries = List.copyOf(entries);
  }

  /**
   * Cuts what was found to the page.
   *
   * @param found with a limit one above the page's
   */
  static RegistryPage of(List<RegistryEntry> found, PageRequest page) {
    return new RegistryPage(
        found.stream().limit(page.limit()).toList(),
        Cursor.next(found, page, entry -> ExportPosition.after(entry).text()));
  }
}
