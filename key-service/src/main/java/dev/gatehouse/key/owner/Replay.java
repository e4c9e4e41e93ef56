package dev.gatehouse.key.owner;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.client.FeedPosition;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The feed from its beginning, which comes in pages and means something only as a whole.
 *
 * @param bound the registrations that something was bound to before the first page was asked for:
 *     each of them was there then, so if the whole does not hold it, it is gone. What was bound
 *     later may be newer than the pages.
 * @param seen what the pages so far say
 * @param at where they end
 * @param permitted the only history that may be taken, where it was permitted by its epoch
 */
record Replay(Set<UUID> bound, Registrations seen, FeedPosition at, Optional<UUID> permitted) {

  Replay {
    bound = Set.copyOf(bound);
  }

  static Replay of(Set<UUID> bound, Optional<UUID> permitted) {
    return new Replay(bound, Registrations.NONE, FeedPosition.START, permitted);
  }

  boolean permits(UUID epoch) {
    return permitted.map(epoch::equals).orElse(true);
  }

  Replay after(Collection<Change> changes, FeedPosition end) {
    return new Replay(bound, seen.after(changes), end, permitted);
  }

  /** What the whole says: besides the tombstones, all that it does not hold is gone. */
  Registrations outcome() {
    Set<UUID> gone = new HashSet<>(seen.missing(bound));
    gone.addAll(seen.removed());
    return new Registrations(seen.live(), gone);
  }
}
