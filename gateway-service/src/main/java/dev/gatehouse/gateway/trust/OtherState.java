package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.FeedHash;
import java.util.List;
import java.util.UUID;

/**
 * What a service tells that has another history, held against what is served here.
 *
 * @param comesBack at most {@value #MAX_LISTED} of what it has and is not served
 * @param goesAway at most {@value #MAX_LISTED} of what is served and it does not have
 */
public record OtherState(
    UUID epoch,
    long revision,
    FeedHash hash,
    List<FeedObject> comesBack,
    long comesBackTotal,
    List<FeedObject> goesAway,
    long goesAwayTotal) {

  public static final int MAX_LISTED = 1_000;

  public OtherState {
    comesBack = List.copyOf(comesBack);
    goesAway = List.copyOf(goesAway);
  }
}
