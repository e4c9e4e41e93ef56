package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedPage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Answers watchers. Each question is stored as a contact first, so that no one is served whom a
 * receipt does not count; then it is answered by a state at least as new as that moment.
 */
@ApplicationScoped
class FeedPages {

  /** A tail is behind by milliseconds; one that is further behind is in trouble. */
  private static final Duration CATCHING_UP = Duration.ofMillis(1_500);

  private final FeedTail tail;
  private final FeedTable table;
  private final Watchers watchers;

  FeedPages(FeedTail tail, FeedTable table, Watchers watchers) {
    this.tail = tail;
    this.table = table;
    this.watchers = watchers;
  }

  Uni<FeedPage> answer(Question question) {
    return point(question).flatMap(point -> answer(question, point));
  }

  private Uni<FeedPoint> point(Question question) {
    FeedWindow window = tail.required();
    Optional<FeedHash> held = window.hashAt(question.since());
    return held.isPresent()
        ? Uni.createFrom().item(new FeedPoint(window.asHead(), held))
        : table.at(question.since());
  }

  private Uni<FeedPage> answer(Question question, FeedPoint point) {
    Standing standing = Standing.of(question, point);
    return watchers
        .contact(contact(question, point, standing))
        .flatMap(registration -> answer(question, point, standing, registration));
  }

  private static Contact contact(Question question, FeedPoint point, Standing standing) {
    long applied = standing == Standing.DIFFERS ? 0 : question.since();
    return new Contact(
        question.watcher(), point.head().epoch(), applied, question.patience().duration());
  }

  private Uni<FeedPage> answer(
      Question question, FeedPoint point, Standing standing, Registration registration) {
    return switch (standing) {
      case DIFFERS -> Uni.createFrom().failure(historyDiffers());
      case CONTINUES ->
          tail.reaching(registration.head(), CATCHING_UP)
              .flatMap(window -> newer(window, question, point));
      case NEEDS_REPLAY -> replay(question, point.head(), registration);
    };
  }

  private Uni<FeedPage> newer(FeedWindow window, Question question, FeedPoint point) {
    if (window.head() != question.since()) {
      return continuation(window, question, point);
    }
    return tail.movedFrom(question.since(), point.head().epoch(), question.patience().duration())
        .flatMap(moved -> continuation(moved, question, point));
  }

  private Uni<FeedPage> continuation(FeedWindow window, Question question, FeedPoint point) {
    if (!window.epoch().equals(point.head().epoch())) {
      return Uni.createFrom().failure(historyDiffers());
    }
    if (!window.holdsAllAfter(question.since())) {
      return fromTable(question, point.head(), question.since(), false);
    }
    return Uni.createFrom()
        .item(
            page(
                question,
                window.asHead(),
                false,
                question.since(),
                window.after(question.since())));
  }

  private Uni<FeedPage> replay(Question question, FeedHead head, Registration registration) {
    boolean underWay = registration.isReplayedTo(question.since(), head.compactedThrough());
    return fromTable(question, head, underWay ? question.since() : 0, true);
  }

  /** Reads a page; should the table have been compacted meanwhile, the question is asked anew. */
  private Uni<FeedPage> fromTable(Question question, FeedHead expected, long from, boolean replay) {
    return table
        .after(from, FeedPage.MAX_CHANGES)
        .flatMap(
            slice ->
                slice.head().isOfSameHistory(expected)
                    ? handOut(question, slice, from, replay)
                    : answer(question));
  }

  private Uni<FeedPage> handOut(Question question, FeedSlice slice, long from, boolean replay) {
    boolean reset = replay && from == 0 && question.since() > 0;
    List<Change> changes = reset ? distinguishable(slice, question) : slice.changes();
    FeedPage page = page(question, slice.head(), reset, from, changes);
    if (page.revision() == page.head()) {
      return Uni.createFrom().item(page);
    }
    return watchers
        .partial(question.watcher().id(), page.revision(), replay, slice.head().compactedThrough())
        .replaceWith(page);
  }

  /**
   * A first page never ends where the watcher stood before: when the answer is lost and it asks
   * from there again, that must not look like going on with the replay.
   */
  private static List<Change> distinguishable(FeedSlice slice, Question question) {
    List<Change> changes = slice.changes();
    int last = changes.size() - 1;
    boolean sameEnd = last >= 0 && changes.get(last).revision() == question.since();
    return sameEnd ? changes.subList(0, last) : changes;
  }

  private static FeedPage page(
      Question question, FeedHead head, boolean reset, long from, List<Change> changes) {
    if (changes.isEmpty()) {
      FeedHash hash = from == 0 ? FeedHash.NONE : question.hash().orElse(FeedHash.NONE);
      return new FeedPage(
          head.epoch(),
          reset,
          question.since(),
          from,
          hash,
          head.revision(),
          changes,
          head.audit());
    }
    Change last = changes.get(changes.size() - 1);
    return new FeedPage(
        head.epoch(),
        reset,
        question.since(),
        last.revision(),
        last.hash(),
        head.revision(),
        changes,
        head.audit());
  }

  private static Conflict historyDiffers() {
    return new Conflict(
        ErrorCode.FEED_HISTORY_DIFFERS,
        "What you hold is not the beginning of this feed's history");
  }
}
