package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.feed.Change;
import java.util.List;

/** The head of the feed and some changes, both of one moment. */
record FeedSlice(FeedHead head, List<Change> changes) {

  FeedSlice {
    changes = List.copyOf(changes);
  }
}
