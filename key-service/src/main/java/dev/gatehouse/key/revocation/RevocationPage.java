package dev.gatehouse.key.revocation;

import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Some revocations, oldest first, and where the next ones start. */
record RevocationPage(List<RevocationView> revocations, Optional<String> next) {

  RevocationPage {
    revocations = List.copyOf(revocations);
  }

  /**
   * Cuts what was found to the page.
   *
   * @param found with a limit one above the page's
   */
  static RevocationPage of(List<Revocation> found, PageRequest page) {
    return new RevocationPage(
        found.stream().limit(page.limit()).map(RevocationView::of).toList(),
        Cursor.next(found, page, RevocationPosition::key));
  }
}
