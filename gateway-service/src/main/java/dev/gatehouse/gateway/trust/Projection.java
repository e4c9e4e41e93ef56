package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.client.FeedChain;
import java.util.List;
import java.util.function.Consumer;

/** What the changes of one feed add up to. Pure. */
interface Projection<S> {

  S empty();

  /**
   * Whether it understands changes of this kind. What it does not understand may take something
   * away, so such a page cannot be acknowledged.
   */
  boolean knows(String kind);

  /**
   * Applies changes, in order. An entry that grants something and cannot be read is treated as
   * removed: refusing is safe, and one bad entry must not hold up the removals behind it.
   *
   * @param base what the changes are made to
   * @param served what is served at the moment; its objects are kept where nothing of them changed
   */
  Applied<S> apply(S base, S served, List<Change> changes);

  /** All that a state has, in no particular order. */
  void forEach(S state, Consumer<FeedObject> action);

  /** Whether a state has this object, in whatever form. */
  boolean has(S state, FeedObject object);

  /**
   * What came of some changes.
   *
   * @param takesAway whether something that was allowed before may be refused now
   * @param unreadable entries that could not be read, and are treated as removed
   * @param unheeded entries that take something away, nobody can tell what. As with kinds that it
   *     does not know, nothing that came with them may be acknowledged
   */
  record Applied<S>(S state, boolean takesAway, int unreadable, int unheeded) {

    Applied(S state, boolean takesAway, int unreadable) {
      this(state, takesAway, unreadable, 0);
    }

    Applied<S> heeded() throws FeedChain.Broken {
      if (unheeded > 0) {
        throw new FeedChain.Broken(
            "this version cannot read "
                + unheeded
                + " revocations; upgrade the gateways before the services");
      }
      return this;
    }
  }
}
