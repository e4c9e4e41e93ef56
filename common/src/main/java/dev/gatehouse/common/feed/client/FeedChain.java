package dev.gatehouse.common.feed.client;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedPage;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Checks that a page continues the history that is known. Where compaction has left a gap between
 * two revisions the later one's hash is taken as stated; without a gap it is computed.
 */
public final class FeedChain {

  private FeedChain() {}

  /** The page does not continue what is known; nothing of it may be applied. */
  public static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    public Broken(String what) {
      super(what);
    }
  }

  /**
   * Checks that only kinds are in the page that are understood: what is not may take something
   * away, so it must not be acknowledged.
   */
  public static void checkKinds(FeedPage page, Predicate<String> known) throws Broken {
    for (Change change : page.changes()) {
      if (!known.test(change.kind())) {
        throw new Broken(
            "this version does not know changes of kind "
                + change.kind()
                + "; upgrade the gateways before the services");
      }
    }
  }

  /**
   * Where a follower stands after the page.
   *
   * @param from where it stands before; the start when the page begins a history
   */
  public static FeedPosition after(FeedPosition from, FeedPage page) throws Broken {
    if (from.epoch().isPresent() && !from.epoch().get().equals(page.epoch())) {
      throw new Broken("the page is of another epoch");
    }
    long revision = from.revision();
    FeedHash hash = from.hash();
    for (Change change : page.changes()) {
      if (change.revision() <= revision) {
        throw new Broken("revision " + change.revision() + " follows " + revision);
      }
      if (change.revision() == revision + 1 && !continues(hash, change)) {
        throw new Broken("the hash of revision " + change.revision() + " is not the one computed");
      }
      revision = change.revision();
      hash = change.hash();
    }
    if (page.revision() < revision || page.head() < page.revision()) {
      throw new Broken("the page ends at " + page.revision() + " of " + page.head());
    }
    if (page.revision() == revision && !page.hash().equals(hash)) {
      throw new Broken("the hash of the page is not the one of revision " + revision);
    }
    return new FeedPosition(Optional.of(page.epoch()), page.revision(), page.hash());
  }

  private static boolean continues(FeedHash before, Change change) {
    return before
        .next(change.revision(), change.kind(), change.id(), change.at(), change.content())
        .equals(change.hash());
  }
}
