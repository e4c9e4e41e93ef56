package dev.gatehouse.common.feed.client;

import dev.gatehouse.common.feed.FeedPage;
import java.util.Optional;

/** What came of asking a feed. */
public sealed interface Answer {

  record Page(FeedPage page) implements Answer {}

  /**
   * The service tells another history than the one that was followed.
   *
   * @param acceptance by an operator, if the service passes one on; for {@link
   *     dev.gatehouse.common.feed.AcceptedEpoch#read}, as nobody has verified it yet
   */
  record OtherHistory(Optional<String> acceptance) implements Answer {

    /** One that nobody has accepted. */
    public OtherHistory() {
      this(Optional.empty());
    }
  }

  /** Nobody was there, or somebody who could not answer at the moment. */
  record Unreachable(String why) implements Answer {}

  /** It will not answer this, today or tomorrow. */
  record Refused(String why) implements Answer {}
}
