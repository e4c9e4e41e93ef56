package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Which other history may take the place of the one that is followed: the one that an operator has
 * accepted, or any where the configuration says so. One that was left before never comes back: an
 * older backup still carries the word by which it was once accepted.
 */
final class Succession {

  static final String PURPOSE = "gatehouse left epochs";

  private static final Logger LOG = Logger.getLogger(Succession.class);
  private static final int MAX_LEFT = 64;

  private final String feed;
  private final boolean acceptsAny;
  private final AuthApiKey key;
  private final SealedLines file;
  private final List<UUID> left = new ArrayList<>();
  private Optional<UUID> heir = Optional.empty();
  private boolean isKnown;

  Succession(String feed, boolean acceptsAny, AuthApiKey key, SealedLines file) {
    this.feed = feed;
    this.acceptsAny = acceptsAny;
    this.key = key;
    this.file = file;
  }

  void load() {
    try {
      file.read().stream().limit(MAX_LEFT).map(UUID::fromString).forEach(left::add);
    } catch (IOException | IllegalArgumentException e) {
      LOG.errorf("%s is not used: %s", file.fileName(), e.getMessage());
    }
  }

  /**
   * Whether the history may be left for the one that the service tells.
   *
   * @param acceptance as the service passes it on
   */
  boolean mayLeave(FeedPosition applied, Optional<String> acceptance) {
    heir =
        acceptance
            .flatMap(it -> AcceptedEpoch.read(key, feed, it))
            .filter(it -> !applied.epoch().equals(Optional.of(it)))
            .filter(it -> !left.contains(it));
    if (!acceptsAny && heir.isEmpty()) {
      return false;
    }
    LOG.warnf(
        "Feed %s tells another history than the one up to revision %d. Taking it over, as %s.",
        feed,
        applied.revision(),
        heir.isPresent()
            ? "an operator has accepted it"
            : "gatehouse.feeds.accept-other-history says");
    return true;
  }

  /** The history that the service tells is not taken. */
  void stays(FeedPosition applied) {
    if (!isKnown) {
      LOG.errorf(
          "Feed %s tells another history than the one up to revision %d, as after a restored"
              + " backup. Serving what was known before, and following nothing, until an operator"
              + " accepts the other state.",
          feed, applied.revision());
      isKnown = true;
    }
  }

  /** The service tells the history that is followed. */
  void follows() {
    isKnown = false;
  }

  /** Whether a page that begins a history, or goes on with such a one, may lead away. */
  boolean mayFollow(FeedPage page, FeedPosition applied) {
    if (acceptsAny || applied.isStart()) {
      return true;
    }
    if (!applied.epoch().equals(Optional.of(page.epoch()))) {
      return heir.equals(Optional.of(page.epoch()));
    }
    return page.head() >= applied.revision()
        && page.changes().stream().noneMatch(change -> contradicts(change, applied));
  }

  /** The one history is served in the place of the other from now on. */
  void left(FeedPosition before, FeedPosition after) {
    if (before.isStart() || before.epoch().equals(after.epoch())) {
      return;
    }
    before.epoch().ifPresent(it -> left.add(0, it));
    after.epoch().ifPresent(left::remove);
    while (left.size() > MAX_LEFT) {
      left.remove(MAX_LEFT);
    }
    heir = Optional.empty();
    try {
      file.write(left.stream().map(UUID::toString).toList());
    } catch (IOException e) {
      LOG.errorf("%s could not be written: %s", file.fileName(), e);
    }
  }

  private static boolean contradicts(Change change, FeedPosition applied) {
    return change.revision() == applied.revision() && !change.hash().equals(applied.hash());
  }
}
