package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.tls.Authorities;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** Both feeds with all that belongs to them, from the start of the process to its end. */
final class TrustFeeds implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(TrustFeeds.class);
  private static final Duration REPORT = Duration.ofSeconds(10);
  private static final Duration DEMAND = Duration.ofSeconds(2);

  private final Setup setup;
  private final TrustStore store;
  private final Optional<StateDirectory> directory;
  private final String watcher = UUID.randomUUID().toString();
  private final FeedParts<Tenants> tenants;
  private final FeedParts<Keys> keys;
  private final UsageReporter usage;
  private final ExecutorService aside =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread daemon = new Thread(work, "trust-aside");
            daemon.setDaemon(true);
            return daemon;
          });

  /**
   * @param stateDirectory where the copy on disk is; empty: there is none
   * @param name of this gateway, for people
   * @param files how the disk is written
   */
  record Setup(
      Vertx vertx,
      URI tenantService,
      URI keyService,
      Authorities authorities,
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
    this.setup = setup;
    this.store = store;
    if (setup.stateDirectory().isEmpty()) {
      LOG.warn(
          "gatehouse.state-dir is not set: nothing is kept on disk, so this gateway cannot start"
              + " again while a service is gone.");
    }
    this.directory = setup.stateDirectory().map(StateDirectory::open);
    this.tenants =
        new FeedParts<>(
            setup,
            setup.tenantService(),
            directory,
            watcher,
            metrics,
            new FeedParts.What<>(
                new TenantProjection(),
                store.tenantsFeed(),
                store::tenants,
                () -> store.current().tenants()));
    this.keys =
        new FeedParts<>(
            setup,
            setup.keyService(),
            directory,
            watcher,
            metrics,
            new FeedParts.What<>(new KeyProjection(), store.keysFeed(), store::keys, store::keys));
    this.usage =
        new UsageReporter(
            () -> store.current().anchors(), this::reportUsage, setup.settings().usageEvery());
  }

  void start() {
    // At once, as each takes a processor for seconds where there is much.
    CompletableFuture<Void> keysLoaded = CompletableFuture.runAsync(keys.follower()::load, aside);
    tenants.follower().load();
    keysLoaded.join();
    followers().forEach(FeedFollower::start);
    usage.start();
  }

  /** Refuses from now on, and lets the services know that nobody has to wait for this gateway. */
  @Override
  public void close() {
    store.giveUp();
    followers().forEach(FeedFollower::stop);
    tenants.trail().flush();
    keys.trail().flush();
    followers().forEach(FeedFollower::release);
    abandon();
  }

  /** Ends as a crash does: says nothing to anybody. */
  void abandon() {
    usage.close();
    aside.shutdownNow();
    followers().forEach(FeedFollower::stop);
    followers().forEach(FeedFollower::close);
    directory.ifPresent(StateDirectory::close);
  }

  UnknownKeys unknownKeys() {
    return new UnknownKeyReporter(store, this::reportUnknownKey, System::nanoTime);
  }

  DemandReports demandReports() {
    return report ->
        tenants.client().tell("/internal/v1/demand", report.copy().put("watcher", watcher), DEMAND);
  }

  AuditHeads auditHeads() {
    return new AuditHeads() {
      @Override
      public Optional<AuditHead> kept(String feed) {
        return trail(feed).flatMap(it -> it.heads().kept());
      }

      @Override
      public List<AuditHead> checkpoints(String feed) {
        return trail(feed).map(it -> it.heads().checkpoints()).orElse(List.of());
      }
    };
  }

  FeedViews views() {
    List<FeedView> all = List.of(tenants.view(aside), keys.view(aside));
    return new FeedViews() {
      @Override
      public String gateway() {
        return setup.name();
      }

      @Override
      public String watcher() {
        return watcher;
      }

      @Override
      public List<FeedView> all() {
        return all;
      }
    };
  }

  private List<FeedFollower> followers() {
    return List.of(tenants.follower(), keys.follower());
  }

  private Optional<AuditTrail> trail(String feed) {
    if (feed.equals(tenants.feed())) {
      return Optional.of(tenants.trail());
    }
    return feed.equals(keys.feed()) ? Optional.of(keys.trail()) : Optional.empty();
  }

  /** Completes with the revision from which on the key is known or does not exist. */
  private Future<Long> reportUnknownKey(UUID issuer, String kid) {
    return keys.client()
        .tell(
            "/internal/v1/issuers/" + issuer + "/unknown-key",
            new JsonObject().put("kid", kid),
            REPORT)
        .map(answer -> answer.getLong("revision"));
  }

  private Future<JsonObject> reportUsage(JsonObject report) {
    return keys.client().tell("/internal/v1/usage", report, REPORT);
  }
}
