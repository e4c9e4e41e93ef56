package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.Change;
import java.util.List;

/** What the changes of one feed add up to. Pure. */
interface Projection<S> {

  S empty();

  /**
   * Whether it understands changes of this kind. What it does not understand may take something
   * away, so such a page cannot be acknowledged.
   */
  boolean knows(String kind);

  /**
   * Applies changes, in order. An entry that cannot be read is treated as removed: refusing is
   * safe, and one bad entry must not hold up the removals behind it.
   *
   * @param base what the changes are made to
   * @param served what is served at the moment; its objects are kept where nothing of them changed
   */
  Applied<S> apply(S base, S served, List<Change> changes);

  /**
   * What came of some changes.
   *
   * @param takesAway whether something that was allowed before may be refused now
   * @param unreadable entries that could not be read
   */
  record Applied<S>(S state, boolean takesAway, int unreadable) {}
}
