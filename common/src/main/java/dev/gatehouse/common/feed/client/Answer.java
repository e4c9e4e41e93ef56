package dev.gatehouse.common.feed.client;

import dev.gatehouse.common.feed.FeedPage;

/** What came of asking a feed. */
public sealed interface Answer {

  record Page(FeedPage page) implements Answer {}

  /** The service tells another history than the one that was followed. */
  record OtherHistory() implements Answer {}

  /** Nobody was there, or somebody who could not answer at the moment. */
  record Unreachable(String why) implements Answer {}

  /** It will not answer this, today or tomorrow. */
  record Refused(String why) implements Answer {}
}
