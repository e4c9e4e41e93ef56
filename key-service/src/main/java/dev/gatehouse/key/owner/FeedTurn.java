package dev.gatehouse.key.owner;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.feed.client.Answer;
import dev.gatehouse.common.feed.client.Ask;
import dev.gatehouse.common.feed.client.FeedChain;
import dev.gatehouse.common.feed.client.FeedClient;
import dev.gatehouse.common.feed.client.FeedPosition;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** One question to the feed of the tenants, and what is made of the answer. */
final class FeedTurn {

  private static final Logger LOG = Logger.getLogger(FeedTurn.class);
  private static final String FEED = "tenants";

  /** Of changes, or of registrations, in one transaction. */
  private static final int STEP = 500;

  private final FeedClient client;
  private final TenantsPosition position;
  private final OwnerCleanup cleanup;
  private final FollowConfiguration configuration;
  private final AuthApiKey key;
  private volatile @Nullable Replay replay;
  private volatile boolean otherHistory;
  private volatile String trouble = "";

  FeedTurn(
      FeedClient client,
      TenantsPosition position,
      OwnerCleanup cleanup,
      FollowConfiguration configuration,
      AuthApiKey key) {
    this.client = client;
    this.position = position;
    this.cleanup = cleanup;
    this.configuration = configuration;
    this.key = key;
  }

  boolean sawOtherHistory() {
    return otherHistory;
  }

  /** Drops what was read and is not stored yet. */
  void forget() {
    replay = null;
  }

  /**
   * Asks once and applies the answer.
   *
   * @param stored where this service stands
   * @return the pause before the next turn
   */
  Uni<Duration> from(FeedPosition stored) {
    Replay current = replay;
    if (current == null && stored.isStart()) {
      return begin(Optional.empty());
    }
    FeedPosition since = current == null ? stored : current.at();
    return Uni.createFrom()
        .completionStage(
            () ->
                client
                    .ask(new Ask(since, true, configuration.hold()), Optional.empty())
                    .toCompletionStage())
        .flatMap(answer -> take(stored, current, answer));
  }

  /** What is bound is read before the first page is asked for; see {@link Replay}. */
  private Uni<Duration> begin(Optional<UUID> permitted) {
    return cleanup
        .bound()
        .invoke(bound -> replay = Replay.of(bound, permitted))
        .replaceWith(Duration.ZERO);
  }

  private Uni<Duration> take(FeedPosition stored, @Nullable Replay current, Answer answer) {
    if (answer instanceof Answer.Page page) {
      return takePage(stored, current, page.page());
    }
    if (answer instanceof Answer.OtherHistory other) {
      return takeOtherHistory(stored, other.acceptance());
    }
    report(
        answer instanceof Answer.Unreachable unreachable
            ? unreachable.why()
            : answer instanceof Answer.Refused refused ? refused.why() : "it is silent");
    return Uni.createFrom().item(configuration.retry());
  }

  private Uni<Duration> takePage(FeedPosition stored, @Nullable Replay current, FeedPage page) {
    boolean fromStart = current != null && current.at().isStart();
    if (page.reset() && !fromStart) {
      return begin(current == null ? stored.epoch() : current.permitted());
    }
    if (current != null && (!current.permits(page.epoch()) || isTruncated(page, stored))) {
      replay = null;
      return Uni.createFrom().item(configuration.retry());
    }
    FeedPosition since = current == null ? stored : current.at();
    FeedPosition end;
    try {
      end = FeedChain.after(since, page);
    } catch (FeedChain.Broken broken) {
      replay = null;
      report(broken.getMessage());
      return Uni.createFrom().item(configuration.retry());
    }
    report("");
    if (current != null) {
      return continueReplay(stored, current.after(page.changes(), end), end, page.head());
    }
    otherHistory = false;
    return applyAll(stored, steps(page, end)).replaceWith(Duration.ZERO);
  }

  /** The history that is followed, of an earlier day: asked from where we stand, it says so. */
  private static boolean isTruncated(FeedPage page, FeedPosition stored) {
    return stored.epoch().equals(Optional.of(page.epoch())) && page.head() < stored.revision();
  }

  private Uni<Duration> continueReplay(
      FeedPosition stored, Replay read, FeedPosition end, long head) {
    replay = read;
    if (end.revision() < head) {
      return Uni.createFrom().item(Duration.ZERO);
    }
    return applyAll(stored, steps(stored, read.outcome(), end))
        .invoke(done -> replay = null)
        .invoke(done -> otherHistory = false)
        .replaceWith(Duration.ZERO);
  }

  private Uni<Duration> takeOtherHistory(FeedPosition stored, Optional<String> acceptance) {
    replay = null;
    if (configuration.acceptOtherHistory()) {
      return leave(Optional.empty());
    }
    Optional<UUID> accepted =
        acceptance
            .flatMap(header -> AcceptedEpoch.read(key, FEED, header))
            .filter(epoch -> !stored.epoch().equals(Optional.of(epoch)));
    return accepted.isEmpty()
        ? stay()
        : position.hasLeft(accepted.get()).flatMap(left -> left ? stay() : leave(accepted));
  }

  private Uni<Duration> leave(Optional<UUID> permitted) {
    LOG.warn("The registry of tenants has another history, which is accepted; following it");
    return begin(permitted);
  }

  private Uni<Duration> stay() {
    if (!otherHistory) {
      LOG.error(
          "The registry of tenants has another history than the one that was followed, as after a"
              + " restore from a backup. Nothing is removed here until an operator accepts it"
              + " (gatehouse feeds accept), or gatehouse.feeds.accept-other-history says so.");
    }
    otherHistory = true;
    return Uni.createFrom().item(configuration.retry());
  }

  /** One after the other; a replica that was outrun reads its position anew. */
  private Uni<Void> applyAll(FeedPosition from, Iterator<Step> steps) {
    if (!steps.hasNext()) {
      return Uni.createFrom().voidItem();
    }
    Step step = steps.next();
    return cleanup
        .apply(from, step.news(), step.to())
        .repeat()
        .whilst(outcome -> outcome == OwnerCleanup.Outcome.MORE)
        .collect()
        .last()
        .flatMap(
            outcome ->
                outcome == OwnerCleanup.Outcome.OUTRUN
                    ? Uni.createFrom().voidItem()
                    : applyAll(step.to(), steps));
  }

  private record Step(Registrations news, FeedPosition to) {}

  /** The changes of a page; a position may lie between any two of them. */
  private static Iterator<Step> steps(FeedPage page, FeedPosition end) {
    List<Change> changes = page.changes();
    List<Step> steps = new ArrayList<>();
    for (int from = 0; from < changes.size(); from += STEP) {
      List<Change> some = changes.subList(from, Math.min(from + STEP, changes.size()));
      Change last = some.get(some.size() - 1);
      FeedPosition to =
          from + STEP >= changes.size()
              ? end
              : new FeedPosition(end.epoch(), last.revision(), last.hash());
      steps.add(new Step(Registrations.of(some), to));
    }
    return steps.iterator();
  }

  /** The outcome of a replay; the position stays where it is until the last of it is applied. */
  private static Iterator<Step> steps(FeedPosition stored, Registrations news, FeedPosition end) {
    List<Step> steps = new ArrayList<>();
    Set<UUID> some = new HashSet<>();
    for (UUID removed : news.removed()) {
      some.add(removed);
      if (some.size() == STEP) {
        steps.add(new Step(new Registrations(Set.of(), some), stored));
        some.clear();
      }
    }
    steps.add(new Step(new Registrations(news.live(), some), end));
    return steps.iterator();
  }

  private void report(@Nullable String why) {
    String now = why == null ? "" : why;
    if (!now.equals(trouble)) {
      if (now.isEmpty()) {
        LOG.info("The registry of tenants is followed again");
      } else {
        LOG.warnf("The registry of tenants cannot be followed: %s", now);
      }
      trouble = now;
    }
  }
}
