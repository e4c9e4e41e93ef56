package dev.gatehouse.common.feed;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One answer of a feed.
 *
 * @param epoch the history that this belongs to; a restored database has another
 * @param reset whether what the follower has is to be forgotten, because this starts from the
 *     beginning
 * @param since what was asked for
 * @param revision where the follower stands after these changes
 * @param hash the hash at {@code revision}
 * @param head the newest revision when this was answered; above {@code revision} there is more
 * @param changes at most {@value #MAX_CHANGES}, in order
 * @param audit the head of the service's audit log at that time
 */
public record FeedPage(
    UUID epoch,
    boolean reset,
    long since,
    long revision,
    FeedHash hash,
    long head,
    List<Change> changes,
    Optional<AuditHead> audit) {

  public static final int MAX_CHANGES = 5_000;

  public FeedPage {
    changes = List.copyOf(changes);
  }

  /** A page that says nothing of the audit log. */
  public FeedPage(
      UUID epoch,
      boolean reset,
      long since,
      long revision,
      FeedHash hash,
      long head,
      List<Change> changes) {
    this(epoch, reset, since, revision, hash, head, changes, Optional.empty());
  }
}
