package dev.gatehouse.key.issuer;

import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/** Some issuers, sorted by owner and name, and where the next ones start. */
record IssuerPage(List<IssuerView> issuers, Optional<String> next) {

  IssuerPage {
    issuers = List.copyOf(issuers);
  }

  /**
   * Cuts what was found to the page.
   *
   * @param found with a limit one above the page's
   */
  static IssuerPage of(List<Issuer> found, PageRequest page) {
    return new IssuerPage(
        found.stream().limit(page.limit()).map(IssuerView::of).toList(),
        Cursor.next(found, page, IssuerPosition::key));
  }
}
