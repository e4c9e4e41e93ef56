package dev.gatehouse.common.feed;

import dev.gatehouse.common.apikey.AuthApiKey;
import java.util.Optional;
import java.util.UUID;

/**
 * An operator's word that followers of a feed may leave the history that they know and take this
 * one from its beginning, as a database was restored on purpose.
 */
public final class AcceptedEpoch {

  /** On a 409 {@code feed_history_differs}: {@code <epoch> <mac>}. */
  public static final String HEADER = "X-Gatehouse-Accepted-Epoch";

  private static final String PURPOSE = "feed history accepted";

  private AcceptedEpoch() {}

  /** The value of {@link #HEADER}: the epoch, a space, and a MAC as in {@link AuditHead#seal}. */
  public static String write(AuthApiKey key, String feed, UUID epoch) {
    return epoch + " " + Mac.of(key, PURPOSE, text(feed, epoch));
  }

  /** The epoch that a header accepts for that feed; empty when the key does not vouch for it. */
  public static Optional<UUID> read(AuthApiKey key, String feed, String header) {
    int space = header.indexOf(' ');
    try {
      UUID epoch = UUID.fromString(header.substring(0, Math.max(0, space)));
      return Mac.verifies(key, PURPOSE, text(feed, epoch), header.substring(space + 1))
          ? Optional.of(epoch)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(String feed, UUID epoch) {
    return feed + "\n" + epoch;
  }
}
