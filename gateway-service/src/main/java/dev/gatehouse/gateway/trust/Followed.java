package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A feed, what it adds up to, and who is told.
 *
 * @param publish swaps in what is served from now on
 * @param events told of what should not happen
 * @param pages gets each page that was found to continue the history
 */
record Followed<S>(
    Projection<S> projection,
    FeedStatus status,
    Consumer<S> publish,
    Consumer<Event> events,
    Consumer<FeedPage> pages) {

  private static final Logger LOG = Logger.getLogger(Followed.class);

  String name() {
    return status.feed();
  }

  Projection.Applied<S> apply(S base, S served, List<Change> changes) {
    Projection.Applied<S> next = projection.apply(base, served, changes);
    changes.forEach(change -> status.saw(change.at()));
    if (next.unreadable() > 0) {
      LOG.errorf(
          "Feed %s: %d entries cannot be read and are treated as removed",
          name(), next.unreadable());
      events.accept(Event.UNREADABLE);
    }
    if (next.unheeded() > 0) {
      LOG.errorf("Feed %s: %d revocations cannot be read", name(), next.unheeded());
      events.accept(Event.UNREADABLE);
    }
    return next;
  }
}
