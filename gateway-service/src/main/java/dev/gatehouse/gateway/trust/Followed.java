package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * A feed, what it adds up to, and who is told.
 *
 * @param publish swaps in what is served from now on
 * @param events told of what should not happen
 */
record Followed<S>(
    Projection<S> projection, FeedStatus status, Consumer<S> publish, Consumer<Event> events) {

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
    return next;
  }
}
