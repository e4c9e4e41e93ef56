package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.client.FeedClient;
import dev.gatehouse.gateway.trust.TrustMetrics.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Both feeds with all that belongs to them, from the start of the process to its end. */
final class TrustFeeds implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TrustFeeds.class);
  private static final Duration REPORT = Duration.ofSeconds(10);

  private final TrustStore store;
  private final Optional<StateDirectory> directory;
  private final List<FeedFollower> followers;
  private final FeedClient keysClient;

  /**
   * @param stateDirectory where the copy on disk is; empty: there is none
   * @param name of this gateway, for people
   * @param files how the disk is written
   */
  record Setup(
      Vertx vertx,
      URI tenantService,
      URI keyService,
      AuthApiKey key,
      Optional<Path> stateDirectory,
      Duration maxDiskAge,
      Optional<Duration> maxStaleness,
      FeedSettings settings,
      String name,
      Time time,
      AppendFile.Opener files) {}

  /**
   * @throws IllegalStateException with a sentence for the operator when the folder cannot be had
   */
  TrustFeeds(Setup setup, TrustStore store, TrustMetrics metrics) {
    this.store = store;
    if (setup.stateDirectory().isEmpty()) {
      LOG.warn(
          "gatehouse.state-dir is not set: nothing is kept on disk, so this gateway cannot start"
              + " again while a service is gone.");
    }
    this.directory = setup.stateDirectory().map(StateDirectory::open);
    Part tenants = new Part(setup, "tenants", setup.tenantService(), metrics);
    Part keys = new Part(setup, "keys", setup.keyService(), metrics);
    this.keysClient = keys.client;
    this.followers =
        List.of(
            tenants.follower(new TenantProjection(), store.tenantsFeed(), store::tenants),
            keys.follower(new KeyProjection(), store.keysFeed(), store::keys));
  }

  void start() {
    followers.forEach(FeedFollower::start);
  }

  /** Refuses from now on, and lets the services know that nobody has to wait for this gateway. */
  @Override
  public void close() {
    store.giveUp();
    followers.forEach(FeedFollower::stop);
    followers.forEach(FeedFollower::release);
    abandon();
  }

  /** Ends as a crash does: says nothing to anybody. */
  void abandon() {
    followers.forEach(FeedFollower::stop);
    followers.forEach(FeedFollower::close);
    directory.ifPresent(StateDirectory::close);
  }

  UnknownKeys unknownKeys() {
    return new UnknownKeyReporter(store, this::reportUnknownKey, System::nanoTime);
  }

  /** Completes with the revision from which on the key is known or does not exist. */
  private Future<Long> reportUnknownKey(UUID issuer, String kid) {
    return keysClient
        .tell(
            "/internal/v1/issuers/" + issuer + "/unknown-key",
            new JsonObject().put("kid", kid),
            REPORT)
        .map(answer -> answer.getLong("revision"));
  }

  /** What one feed needs. */
  private final class Part {
    private final Setup setup;
    private final String feed;
    private final Consumer<Event> events;
    private final WatcherIds ids;
    private final FeedClient client;

    Part(Setup setup, String feed, URI service, TrustMetrics metrics) {
      this.setup = setup;
      this.feed = feed;
      this.events = event -> metrics.count(event, feed);
      this.ids =
          WatcherIds.take(
              directory,
              feed,
              setup.key(),
              setup.files(),
              () -> events.accept(Event.JOURNAL_FAILED));
      this.client =
          new FeedClient(
              setup.vertx(),
              service,
              setup.key(),
              new FeedClient.Self(ids.own(), "gateway", setup.name(), setup.maxStaleness()));
    }

    <S> FeedFollower follower(Projection<S> projection, FeedStatus status, Consumer<S> publish) {
      FeedReplica<S> replica =
          new FeedReplica<>(
              new Followed<>(projection, status, publish, events),
              journal(),
              setup.settings(),
              setup.time());
      BackOff backOff =
          new BackOff(
              setup.settings().firstPause(),
              setup.settings().longestPause(),
              () -> ThreadLocalRandom.current().nextDouble());
      return new FeedFollower(feed, replica, client, ids, setup.time(), backOff);
    }

    private Journal journal() {
      return directory
          .<Journal>map(
              folder ->
                  new DiskJournal(
                      folder,
                      feed,
                      setup.key(),
                      setup.maxDiskAge(),
                      setup.time(),
                      setup.files(),
                      () -> events.accept(Event.JOURNAL_REFUSED)))
          .orElse(Journal.NONE);
    }
  }
}
