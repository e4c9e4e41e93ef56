package dev.gatehouse.key.owner;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.feed.client.FeedClient;
import dev.gatehouse.common.feed.client.FeedPosition;
import dev.gatehouse.common.tls.Authorities;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Follows the feed of the tenants, on one replica at a time, so that what a removed tenant owned
 * goes too. One turn after the other: take the lease, ask, apply.
 */
@ApplicationScoped
class TenantsFollower {

  private static final Logger LOG = Logger.getLogger(TenantsFollower.class);

  /** A process that has crashed is forgotten by tenant-service a day after this. */
  private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

  private static final Duration AT_THE_END = Duration.ofSeconds(2);

  private final String replica = "key-service-" + UUID.randomUUID();
  private final TenantsPosition position;
  private final FollowConfiguration configuration;
  private final FeedTurn turn;
  private final FeedClient client;
  private final Vertx vertx;
  private final AtomicLong revision = new AtomicLong();
  private volatile boolean unwell;
  private volatile boolean stopped;

  TenantsFollower(
      TenantsPosition position,
      OwnerCleanup cleanup,
      FollowConfiguration configuration,
      TenantServiceConfiguration service,
      AuthApiKey key,
      Authorities authorities,
      Vertx vertx,
      MeterRegistry metrics) {
    this.position = position;
    this.configuration = configuration;
    this.vertx = vertx;
    this.client =
        new FeedClient(
            vertx,
            service.url(),
            authorities,
            key,
            new FeedClient.Self(replica, "service", "key-service", Optional.of(FORGOTTEN_AFTER)));
    this.turn = new FeedTurn(client, position, cleanup, configuration, key);
    metrics.gauge("gatehouse.tenants.feed.revision", revision);
    metrics.gauge("gatehouse.tenants.feed.other.history", turn, it -> it.sawOtherHistory() ? 1 : 0);
  }

  void start(@Observes DatabaseMigrated event) {
    next(Duration.ZERO);
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
    try {
      position.release(replica).await().atMost(AT_THE_END);
    } catch (RuntimeException e) {
      LOG.debugf("The lease runs out by itself: %s", e.getMessage());
    }
    client.goodbye(replica).onComplete(said -> client.close());
  }

  private void next(Duration pause) {
    vertx.setTimer(Math.max(1, pause.toMillis()), id -> takeTurn());
  }

  private void takeTurn() {
    if (stopped) {
      return;
    }
    position
        .lease(replica, configuration.lease())
        .flatMap(mine -> mine.map(this::follow).orElseGet(this::standBy))
        .subscribe()
        .with(
            pause -> {
              unwell = false;
              next(pause);
            },
            this::failed);
  }

  private Uni<Duration> follow(FeedPosition from) {
    revision.set(from.revision());
    return turn.from(from);
  }

  private Uni<Duration> standBy() {
    turn.forget();
    return Uni.createFrom().item(configuration.retry());
  }

  private void failed(Throwable failure) {
    if (!unwell && !stopped) {
      LOG.warnf(
          "The tenants cannot be followed at the moment, trying again: %s", failure.getMessage());
    }
    unwell = true;
    turn.forget();
    next(configuration.retry());
  }
}
