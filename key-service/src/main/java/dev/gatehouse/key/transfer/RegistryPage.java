package dev.gatehouse.key.transfer;

import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Some entries, and where the next ones start. */
record RegistryPage(List<Object> entries, Optional<String> next) {

  RegistryPage {
    entries = List.copyOf(entries);
  }

  /**
   * Cuts what was found to the page.
   *
   * @param found with a limit one above the page's
   */
  static RegistryPage of(List<Place.Found> found, PageRequest page) {
    return new RegistryPage(
        found.stream().limit(page.limit()).map(it -> it.exported().entry()).toList(),
        Cursor.next(found, page, Place.Found::key));
  }
}
