package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.client.FeedClient;
import dev.gatehouse.gateway.trust.TrustFeeds.Setup;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that belongs to one feed, put together. */
final class FeedParts<S> {

  private final Setup setup;
  private final URI service;
  private final Optional<StateDirectory> directory;
  private final What<S> what;
  private final Consumer<Event> events;
  private final FeedClient client;
  private final AuditTrail trail;
  private final FeedFollower follower;

  /**
   * What is made of the feed.
   *
   * @param served what is served at the moment
   */
  record What<S>(
      Projection<S> projection, FeedStatus status, Consumer<S> publish, Supplier<S> served) {}

  /**
   * @param watcher the id of this process
   */
  FeedParts(
      Setup setup,
      URI service,
      Optional<StateDirectory> directory,
      String watcher,
      TrustMetrics metrics,
      What<S> what) {
    this.setup = setup;
    this.service = service;
    this.directory = directory;
    this.what = what;
    this.events = event -> metrics.count(event, feed());
    this.client =
        client(new FeedClient.Self(watcher, "gateway", setup.name(), setup.maxStaleness()));
    this.trail = keptTrail();
    WatcherIds ids =
        WatcherIds.take(
            watcher,
            lines(".watchers", WatcherIds.PURPOSE),
            () -> events.accept(Event.JOURNAL_FAILED));
    this.follower = new FeedFollower(feed(), replica(), client, ids, setup.time(), backOff());
  }

  String feed() {
    return what.status().feed();
  }

  FeedFollower follower() {
    return follower;
  }

  FeedClient client() {
    return client;
  }

  AuditTrail trail() {
    return trail;
  }

  /**
   * @param executor may be blocked
   */
  FeedView view(Executor executor) {
    OtherSide<S> otherSide =
        new OtherSide<>(feed(), what.projection(), what.served(), this::readingClient);
    return new FollowedView(what.status(), setup.time(), otherSide, executor);
  }

  private FeedReplica<S> replica() {
    Succession succession =
        new Succession(
            feed(),
            setup.settings().acceptOtherHistory(),
            setup.key(),
            lines(".epochs", Succession.PURPOSE));
    succession.load();
    return new FeedReplica<>(
        new Followed<>(what.projection(), what.status(), what.publish(), events, trail::take),
        journal(),
        succession,
        setup.settings(),
        setup.time());
  }

  private Journal journal() {
    return directory
        .<Journal>map(
            folder ->
                new DiskJournal(
                    folder,
                    feed(),
                    setup.key(),
                    setup.maxDiskAge(),
                    setup.time(),
                    setup.files(),
                    () -> events.accept(Event.JOURNAL_REFUSED)))
        .orElse(Journal.NONE);
  }

  private AuditTrail keptTrail() {
    AuditTrail.Alarms alarms =
        new AuditTrail.Alarms() {
          @Override
          public void contradicted() {
            events.accept(Event.AUDIT_ALARM);
          }

          @Override
          public void notWritten() {
            events.accept(Event.JOURNAL_FAILED);
          }
        };
    AuditTrail kept =
        new AuditTrail(
            feed(), setup.key(), lines(".audit", AuditTrail.PURPOSE), setup.time(), alarms);
    kept.load();
    return kept;
  }

  /** Of a watcher of its own that counts for nothing. */
  private FeedClient readingClient() {
    String reader = UUID.randomUUID().toString();
    return client(new FeedClient.Self(reader, "reader", setup.name(), Optional.empty()));
  }

  private FeedClient client(FeedClient.Self self) {
    return new FeedClient(setup.vertx(), service, setup.authorities(), setup.key(), self);
  }

  private SealedLines lines(String ending, String purpose) {
    return new SealedLines(directory, feed() + ending, purpose, setup.key(), setup.files());
  }

  private BackOff backOff() {
    return new BackOff(
        setup.settings().firstPause(),
        setup.settings().longestPause(),
        () -> ThreadLocalRandom.current().nextDouble());
  }
}
