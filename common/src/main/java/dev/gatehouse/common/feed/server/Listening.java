package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.database.DatabasePool;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.pubsub.PgSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Hears PostgreSQL's notifications on a connection of its own. A notification only says "read
 * again"; each (re)connection says so too, because what was sent in a gap is lost.
 */
@ApplicationScoped
class Listening {

  static final String FEED = "gatehouse_feed";
  static final String WATCHERS = "gatehouse_watchers";

  private static final Logger LOG = Logger.getLogger(Listening.class);
  private static final long RECONNECT_MILLIS = 500;

  private final Vertx vertx;
  private final DatabasePool pool;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private volatile @Nullable PgSubscriber subscriber;

  Listening(Vertx vertx, DatabasePool pool) {
    this.vertx = vertx;
    this.pool = pool;
  }

  void on(String channel, Runnable wake) {
    Subscription subscription = new Subscription(channel, wake);
    subscriptions.add(subscription);
    PgSubscriber running = subscriber;
    if (running != null) {
      subscription.addTo(running);
    }
  }

  void start(@Observes DatabaseMigrated event) {
    PgSubscriber created =
        PgSubscriber.subscriber(vertx, pool.listening())
            .reconnectPolicy(retries -> RECONNECT_MILLIS);
    subscriber = created;
    subscriptions.forEach(subscription -> subscription.addTo(created));
    created
        .connect()
        .onFailure(e -> LOG.warnf("Not listening yet: %s", e.getClass().getSimpleName()));
  }

  void stop(@Observes ShutdownEvent event) {
    PgSubscriber running = subscriber;
    if (running != null) {
      running.close();
    }
  }

  private record Subscription(String channel, Runnable wake) {
    void addTo(PgSubscriber subscriber) {
      subscriber.channel(channel).subscribeHandler(v -> wake.run()).handler(payload -> wake.run());
    }
  }
}
