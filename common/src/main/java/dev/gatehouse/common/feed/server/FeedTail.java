package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.common.feed.FeedPage;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows the table of changes, so that any number of long polls waits in memory and costs no
 * query. One read is under way at a time; being woken during it means one more after it.
 */
@ApplicationScoped
class FeedTail {

  private static final Logger LOG = Logger.getLogger(FeedTail.class);

  /** A tail that has not managed to read the table for so long does not know what is new. */
  private static final Duration BLIND = Duration.ofSeconds(4);

  private final FeedTable table;
  private final FeedConfiguration configuration;
  private final Vertx vertx;
  private final Waiters<FeedWindow> waiters = new Waiters<>();
  private final AtomicBoolean reading = new AtomicBoolean();
  private final AtomicBoolean readAgain = new AtomicBoolean();
  private volatile @Nullable FeedWindow window;
  private volatile long readAtNanos;
  private volatile boolean leaving;
  private volatile boolean stopped;

  FeedTail(FeedTable table, FeedConfiguration configuration, Vertx vertx, Listening notifications) {
    this.table = table;
    this.configuration = configuration;
    this.vertx = vertx;
    notifications.on(Listening.FEED, this::wake);
  }

  void start(@Observes DatabaseMigrated event) {
    vertx.setPeriodic(0, configuration.poll().toMillis(), id -> wake());
  }

  /** Whoever waits here is answered now, and asks another replica next. */
  void leave(@Observes ShutdownDelayInitiatedEvent event) {
    leaving = true;
    FeedWindow held = window;
    if (held != null) {
      waiters.offer(held);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  /** What is held now, if it is known to be recent. */
  Optional<FeedWindow> current() {
    FeedWindow held = window;
    boolean recent = System.nanoTime() - readAtNanos < BLIND.toNanos();
    return held != null && recent ? Optional.of(held) : Optional.empty();
  }

  /** What is held now, refused while that is unknown. */
  FeedWindow required() {
    return current().orElseThrow(FeedTail::blind);
  }

  /** The window as soon as it reaches {@code revision}; fails when that takes too long. */
  Uni<FeedWindow> reaching(long revision, Duration longest) {
    FeedWindow held = window;
    if (held == null || held.head() < revision) {
      wake();
    }
    return when(it -> it.head() >= revision, longest).onItem().ifNull().failWith(FeedTail::blind);
  }

  /** The window once it has moved away from {@code seen}; as it is when the wait is over. */
  Uni<FeedWindow> movedFrom(long seen, UUID epoch, Duration longest) {
    return when(held -> leaving || held.head() != seen || !held.epoch().equals(epoch), longest)
        .map(held -> held == null ? required() : held);
  }

  private Uni<@Nullable FeedWindow> when(Predicate<FeedWindow> condition, Duration longest) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              waiters.add(vertx, condition, longest, emitter);
              FeedWindow held = window;
              if (held != null) {
                waiters.offer(held);
              }
            });
  }

  /** Reads the table, now or after the read that is under way. */
  void wake() {
    readAgain.set(true);
    if (!stopped && reading.compareAndSet(false, true)) {
      read();
    }
  }

  private void read() {
    readAgain.set(false);
    FeedWindow held = window;
    long started = System.nanoTime();
    Uni<FeedSlice> slice =
        held == null
            ? table.after(Long.MAX_VALUE, 0)
            : table.after(held.head(), FeedPage.MAX_CHANGES);
    slice.subscribe().with(read -> take(held, read, started), this::failed);
  }

  private void take(@Nullable FeedWindow held, FeedSlice slice, long started) {
    FeedWindow next = held == null ? FeedWindow.startingAt(slice.head()) : advanced(held, slice);
    window = next;
    readAtNanos = started;
    waiters.offer(next);
    ended(next.head() < slice.head().revision());
  }

  private static FeedWindow advanced(FeedWindow held, FeedSlice slice) {
    return held.with(slice)
        .orElseGet(
            () -> {
              LOG.warnf(
                  "The feed does not continue at revision %d: taking what the table says now",
                  held.head());
              return FeedWindow.startingAt(slice.head());
            });
  }

  private void failed(Throwable failure) {
    LOG.debugf("The feed could not be read: %s", failure.getClass().getSimpleName());
    ended(false);
  }

  private void ended(boolean more) {
    reading.set(false);
    if (more || readAgain.get()) {
      wake();
    }
  }

  private static Unavailable blind() {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "The feed cannot be read at the moment. Try again shortly.");
  }
}
