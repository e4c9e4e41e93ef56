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
  private final DatedJournal copy;
  private final Succession succession;
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

  /** When to ask again. */
  enum Next {
    AT_ONCE,
    AFTER_A_PAUSE,
    RARELY
  }

  FeedReplica(
      Followed<S> feed, Journal journal, Succession succession, FeedSettings settings, Time time) {
    this.feed = feed;
    this.journal = journal;
    this.copy = new DatedJournal(journal, settings.contactEvery());
    this.succession = succession;
    this.settings = settings;
    this.time = time;
    this.served = feed.projection().empty();
  }

  /** Takes over what the disk has. */
  void load() {
    AddedUp<S> load = new AddedUp<>(feed, served);
    journal
        .load(load::add)
        .ifPresent(
            found -> {
              Moment now = time.moment();
              feed.status().contact(now.at(found.contact()));
              feed.status().saw(found.contact());
              copy.noted(now.at(found.contact()));
              released = found.released();
              acknowledged = found.position();
              swap(load.state(), found.position());
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
    if (answer instanceof Answer.OtherHistory other) {
      return takeOtherHistory(ask, other);
    }
    feed.status().view(FeedView.State.CUT_OFF);
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
      if ((beginning || rebuild != null) && !succession.mayFollow(page, applied)) {
        return stay();
      }
      if (ask.acknowledges()) {
        feed.status().contact(askedAt);
      }
      succession.follows();
      feed.status().view(FeedView.State.FOLLOWING);
      feed.status().head(page.head());
      feed.pages().accept(page);
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
      feed.status().view(FeedView.State.CUT_OFF);
      feed.status().state(feed.status().state().asCutOff());
      abandonRebuild();
      fromTheStart = journal.needsRewrite();
      return Next.RARELY;
    }
  }

  private Next takeRebuild(Rebuild<S> building, FeedPage page, FeedPosition after, Moment askedAt)
      throws FeedChain.Broken {
    S state = feed.apply(building.state(), served, page.changes()).heeded().state();
    building.add(page, state, after, askedAt.wall());
    if (page.revision() < page.head()) {
      return Next.AT_ONCE;
    }
    succession.left(applied, after);
    swap(state, after);
    fromTheStart = false;
    rebuild = null;
    return keep(() -> copy.commit(building, askedAt), after, page);
  }

  private Next takeChanges(Ask ask, FeedPage page, FeedPosition after, Moment askedAt)
      throws FeedChain.Broken {
    List<Change> news = notYetApplied(page);
    boolean takesAway = news.size() < page.changes().size();
    if (!news.isEmpty()) {
      Projection.Applied<S> next = feed.apply(served, served, news).heeded();
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
        ? keep(() -> copy.contact(askedAt), after, page)
        : keep(() -> copy.append(page, askedAt, durable), after, page);
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

  private Next takeOtherHistory(Ask ask, Answer.OtherHistory answer) {
    boolean wasBuilding = rebuild != null;
    abandonRebuild();
    readAhead = false;
    feed.status().state(feed.status().state().asCutOff());
    if (wasBuilding || ask.since().isStart()) {
      return Next.AFTER_A_PAUSE;
    }
    if (succession.mayLeave(applied, answer.acceptance())) {
      feed.events().accept(Event.HISTORY_ALARM);
      fromTheStart = true;
      return Next.AT_ONCE;
    }
    return stay();
  }

  /** What was known is served on, until an operator says otherwise. */
  private Next stay() {
    abandonRebuild();
    fromTheStart = journal.needsRewrite();
    // The question that the service can see the difference by, should the others start anew.
    readAhead = fromTheStart;
    feed.status().view(FeedView.State.OTHER_HISTORY);
    feed.status().state(feed.status().state().asCutOff());
    feed.events().accept(Event.HISTORY_ALARM);
    succession.stays(applied);
    return Next.RARELY;
  }

  private void swap(S state, FeedPosition position) {
    served = state;
    applied = position;
    feed.publish().accept(state);
    feed.status().serves(position);
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
}
