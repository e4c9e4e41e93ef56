package dev.gatehouse.common.audit;

import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * Entries of one service's audit log.
 *
 * @param next the cursor of the page that follows, if there is one: {@link Cursor#after} the
 *     sequence of the last entry
 */
public record AuditPage(String service, List<AuditView> entries, Optional<String> next) {

  public AuditPage {
    entries = List.copyOf(entries);
  }

  /**
   * A page.
   *
   * @param found what was found with a limit one above the page's
   */
  static AuditPage of(String service, List<AuditEntry> found, PageRequest page) {
    return new AuditPage(
        service,
        found.stream().limit(page.limit()).map(AuditView::of).toList(),
        Cursor.next(found, page, entry -> Long.toString(entry.sequence())));
  }
}
