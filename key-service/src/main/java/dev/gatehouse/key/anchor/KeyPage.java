package dev.gatehouse.key.anchor;

import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Some keys, sorted by owner, and where the next ones start. */
record KeyPage(List<KeyView> keys, Optional<String> next) {

  KeyPage {
    keys = List.copyOf(keys);
  }

  /**
   * Cuts what was found to the page.
   *
   * @param found with a limit one above the page's
   */
  static KeyPage of(List<Anchor> found, PageRequest page) {
    return new KeyPage(
        found.stream().limit(page.limit()).map(KeyView::of).toList(),
        Cursor.next(found, page, AnchorPosition::key));
  }
}
