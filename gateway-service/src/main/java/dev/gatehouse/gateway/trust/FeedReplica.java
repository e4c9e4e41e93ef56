package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedChain;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.gateway.trust.Time.Moment;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What this process has of one feed, and what to ask for next. It asks on from a revision, which
 * tells the service that it is applied, only when that is served and, where a disk is used, kept.
 * For one thread.
 *
 * <p>While nothing can be kept it goes on with two kinds of questions in turn: one from the
 * revision that is kept, to try again, and one in the name of nobody from what is served, to learn
 * of removals all the same.
 */
final class FeedReplica<S> {

  private static final Logger LOG = Logger.getLogger(FeedReplica.class);

  private final Followed<S> feed;
  private final Journal journal;
  private final FeedSettings settings;
  private final Time time;

  private S served;
  private FeedPosition applied = FeedPosition.START;
  private FeedPosition acknowledged = FeedPosition.START;
  private @Nullable Rebuild<S> rebuild;
  private boolean fromTheStart;
  private boolean unkept;
  private boolean readAhead;
  private boolean released;
  private boolean isOtherHistory;
  private @Nullable Moment kept;

  /** When to ask again. */
  enum Next {
    AT_ONCE,
    AFTER_A_PAUSE,
    RARELY
  }

  FeedReplica(Followed<S> feed, Journal journal, FeedSettings settings, Time time) {
    this.feed = feed;
    this.journal = journal;
    this.settings = settings;
    this.time = time;
    this.served = feed.projection().empty();
  }

  /** Takes over what the disk has. */
  void load() {
    Load load = new Load();
    journal
        .load(load::add)
        .ifPresent(
            found -> {
              Moment now = time.moment();
              feed.status().contact(now.at(found.contact()));
              feed.status().saw(found.contact());
              kept = now.at(found.contact());
              released = found.released();
              acknowledged = found.position();
              swap(load.state, found.position());
              feed.status().state(feed.status().state().loaded(released));
              LOG.infof(
                  "Feed %s: revision %d of %s is on disk%s",
                  feed.name(),
                  found.position().revision(),
                  found.contact(),
                  released ? ", and was given up" : "");
            });
  }

  Ask ask() {
    if (rebuild != null) {
      return new Ask(rebuild.position(), true, Duration.ZERO);
    }
    if (readAhead) {
      return new Ask(applied, false, settings.longestPause());
    }
    boolean settled = feed.status().state().head() && !unkept;
    return new Ask(
        fromTheStart ? FeedPosition.START : acknowledged,
        true,
        settled ? settings.hold() : Duration.ZERO);
  }

  Next take(Ask ask, Answer answer, Moment askedAt) {
    if (answer instanceof Answer.Page page) {
      return takePage(ask, page.page(), askedAt);
    }
    if (answer instanceof Answer.OtherHistory) {
      return takeOtherHistory(ask);
    }
    if (answer instanceof Answer.Unreachable) {
      feed.status().state(feed.status().state().asCutOff());
    }
    return Next.AFTER_A_PAUSE;
  }

  /** Durably gives the copy up, so that the service may be told goodbye. */
  void release() throws IOException {
    journal.released(true, time.wall().instant());
  }

  /** Takes that back, because the service still counts on this gateway. */
  void hold() throws IOException {
    journal.released(false, time.wall().instant());
  }

  void close() {
    abandonRebuild();
    journal.close();
  }

  private Next takePage(Ask ask, FeedPage page, Moment askedAt) {
    boolean beginning = page.reset() || ask.since().isStart();
    FeedPosition before = beginning ? FeedPosition.START : ask.since();
    try {
      FeedPosition after = FeedChain.after(before, page);
      FeedChain.checkKinds(page, feed.projection()::knows);
      if (ask.acknowledges()) {
        feed.status().contact(askedAt);
      }
      isOtherHistory = false;
      if (beginning) {
        abandonRebuild();
        rebuild = new Rebuild<>(feed.projection().empty(), journal);
      }
      return rebuild == null
          ? takeChanges(ask, page, after, askedAt)
          : takeRebuild(rebuild, page, after, askedAt);
    } catch (FeedChain.Broken e) {
      LOG.errorf("Feed %s: nothing of a page is applied: %s", feed.name(), e.getMessage());
      feed.events().accept(Event.HISTORY_ALARM);
      feed.status().state(feed.status().state().asCutOff());
      abandonRebuild();
      return Next.RARELY;
    }
  }

  private Next takeRebuild(Rebuild<S> building, FeedPage page, FeedPosition after, Moment askedAt) {
    S state = feed.apply(building.state(), served, page.changes()).state();
    building.add(page, state, after, askedAt.wall());
    if (page.revision() < page.head()) {
      return Next.AT_ONCE;
    }
    swap(state, after);
    fromTheStart = false;
    rebuild = null;
    return keep(() -> commit(building, askedAt), after, page);
  }

  private Next takeChanges(Ask ask, FeedPage page, FeedPosition after, Moment askedAt)
      throws FeedChain.Broken {
    List<Change> news = notYetApplied(page);
    boolean takesAway = news.size() < page.changes().size();
    if (!news.isEmpty()) {
      Projection.Applied<S> next = feed.apply(served, served, news);
      takesAway |= next.takesAway();
      swap(next.state(), after);
    } else if (after.revision() > applied.revision()) {
      swap(served, after);
    }
    if (!ask.acknowledges()) {
      readAhead = page.revision() < page.head();
      return Next.AT_ONCE;
    }
    boolean durable = takesAway;
    return after.equals(acknowledged)
        ? keep(() -> noteContact(askedAt), after, page)
        : keep(() -> append(page, askedAt, durable), after, page);
  }

  /** What an earlier page that could not be kept has brought already is not applied twice. */
  private List<Change> notYetApplied(FeedPage page) throws FeedChain.Broken {
    for (Change change : page.changes()) {
      if (change.revision() == applied.revision() && !change.hash().equals(applied.hash())) {
        throw new FeedChain.Broken("revision " + change.revision() + " is not the one applied");
      }
    }
    return page.changes().stream()
        .filter(change -> change.revision() > applied.revision())
        .toList();
  }

  private Next keep(Keeping keeping, FeedPosition position, FeedPage page) {
    boolean head = page.revision() >= page.head();
    if (head) {
      feed.status().state(feed.status().state().atHead());
    }
    try {
      keeping.run();
      acknowledged = position;
      if (head && released) {
        hold();
        released = false;
      }
      if (unkept) {
        LOG.infof("Feed %s: the copy on disk is up to date again", feed.name());
        unkept = false;
      }
      return Next.AT_ONCE;
    } catch (IOException e) {
      return notKept(e);
    }
  }

  private Next notKept(IOException failure) {
    if (!unkept) {
      LOG.errorf(
          "Feed %s: the copy on disk cannot be written, so removals are served but not"
              + " acknowledged: %s",
          feed.name(), failure);
    }
    feed.events().accept(Event.JOURNAL_FAILED);
    unkept = true;
    readAhead = true;
    fromTheStart = journal.needsRewrite();
    return Next.AFTER_A_PAUSE;
  }

  private void commit(Rebuild<S> building, Moment askedAt) throws IOException {
    building.commit();
    kept = askedAt;
  }

  private void append(FeedPage page, Moment askedAt, boolean durable) throws IOException {
    journal.append(page, askedAt.wall(), durable);
    kept = askedAt;
  }

  private void noteContact(Moment askedAt) throws IOException {
    Moment last = kept;
    if (last == null || last.until(askedAt).compareTo(settings.contactEvery()) >= 0) {
      journal.contact(askedAt.wall());
      kept = askedAt;
    }
  }

  private Next takeOtherHistory(Ask ask) {
    boolean wasBuilding = rebuild != null;
    abandonRebuild();
    readAhead = false;
    feed.status().state(feed.status().state().asCutOff());
    if (wasBuilding || ask.since().isStart()) {
      return Next.AFTER_A_PAUSE;
    }
    feed.events().accept(Event.HISTORY_ALARM);
    if (settings.acceptOtherHistory()) {
      LOG.warnf(
          "Feed %s tells another history than the one up to revision %d. Taking it over, as"
              + " gatehouse.feeds.accept-other-history says.",
          feed.name(), applied.revision());
      fromTheStart = true;
      return Next.AT_ONCE;
    }
    if (!isOtherHistory) {
      LOG.errorf(
          "Feed %s tells another history than the one up to revision %d, as after a restored"
              + " backup. Serving what was known before, and following nothing, until an operator"
              + " accepts the other state.",
          feed.name(), applied.revision());
      isOtherHistory = true;
    }
    return Next.RARELY;
  }

  private void swap(S state, FeedPosition position) {
    served = state;
    applied = position;
    feed.publish().accept(state);
    feed.status().revision(position.revision());
  }

  private void abandonRebuild() {
    if (rebuild != null) {
      rebuild.abandon();
      rebuild = null;
    }
  }

  private interface Keeping {
    void run() throws IOException;
  }

  /** The state that the pages on disk add up to. */
  private final class Load {
    private S state = feed.projection().empty();

    void add(FeedPage page) {
      state = feed.apply(state, served, page.changes()).state();
    }
  }
}
