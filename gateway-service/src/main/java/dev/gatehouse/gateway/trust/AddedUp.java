package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.FeedPage;

/** The state that the pages on disk add up to. */
final class AddedUp<S> {

  private final Followed<S> feed;
  private final S served;
  private S state;

  AddedUp(Followed<S> feed, S served) {
    this.feed = feed;
    this.served = served;
    this.state = feed.projection().empty();
  }

  void add(FeedPage page) {
    state = feed.apply(state, served, page.changes()).state();
  }

  S state() {
    return state;
  }
}
