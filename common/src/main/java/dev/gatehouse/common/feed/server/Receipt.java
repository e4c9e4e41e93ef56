package dev.gatehouse.common.feed.server;

import java.util.List;

/**
 * Who has applied a revision, of those gateways that may be serving.
 *
 * @param missing those that have not, or have not said so
 */
public record Receipt(Revision revision, List<String> applied, List<String> missing) {

  public Receipt {
    applied = List.copyOf(applied);
    missing = List.copyOf(missing);
  }

  public boolean complete() {
    return missing.isEmpty();
  }
}
