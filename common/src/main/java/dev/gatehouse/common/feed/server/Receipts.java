package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a revision is applied everywhere. A gateway that is silent counts as missing until
 * it says goodbye, is removed or replaced, or must have stopped serving by itself.
 */
@ApplicationScoped
public class Receipts {

  static final String UNKNOWN = "unknown";

  /** How soon a gateway's running out of time is noticed; acknowledgements wake at once. */
  private static final Duration RECHECK = Duration.ofMillis(250);

  private final Database database;
  private final WatcherTable table;
  private final Vertx vertx;
  private final Waiters<Serving> waiters = new Waiters<>();
  private final AtomicBoolean checking = new AtomicBoolean();
  private final AtomicBoolean checkAgain = new AtomicBoolean();

  Receipts(Database database, WatcherTable table, Vertx vertx, Listening notifications) {
    this.database = database;
    this.table = table;
    this.vertx = vertx;
    notifications.on(Listening.WATCHERS, this::wake);
  }

  /** How it stands now. The revision must be committed. */
  public Uni<Receipt> now(Revision revision) {
    return serving().map(serving -> serving.receipt(revision));
  }

  /**
   * Waits until the revision is applied everywhere, at most as long as the caller wants to. It does
   * not fail, because the write that it is about has succeeded: when nobody can be asked, {@value
   * #UNKNOWN} is missing.
   */
  public Uni<Receipt> await(Revision revision, Wait wait) {
    return awaited(revision, wait)
        .onFailure()
        .recoverWithItem(new Receipt(revision, List.of(), List.of(UNKNOWN)));
  }

  private Uni<Receipt> awaited(Revision revision, Wait wait) {
    return now(revision)
        .flatMap(
            receipt ->
                receipt.complete() || wait.duration().isZero()
                    ? Uni.createFrom().item(receipt)
                    : waitFor(revision, wait));
  }

  private Uni<Receipt> waitFor(Revision revision, Wait wait) {
    return Uni.createFrom()
        .<@Nullable Serving>emitter(
            emitter -> {
              waiters.add(vertx, it -> it.receipt(revision).complete(), wait.duration(), emitter);
              wake();
            })
        .flatMap(
            serving ->
                serving == null ? now(revision) : Uni.createFrom().item(serving.receipt(revision)));
  }

  private Uni<Serving> serving() {
    return database.within(table::serving).map(Serving::new);
  }

  private void wake() {
    checkAgain.set(true);
    if (!waiters.isEmpty() && checking.compareAndSet(false, true)) {
      check();
    }
  }

  private void check() {
    checkAgain.set(false);
    serving()
        .subscribe()
        .with(
            serving -> {
              waiters.offer(serving);
              checked();
            },
            failure -> checked());
  }

  private void checked() {
    checking.set(false);
    if (checkAgain.get()) {
      wake();
    } else if (!waiters.isEmpty()) {
      vertx.setTimer(RECHECK.toMillis(), id -> wake());
    }
  }

  private record Serving(List<WatcherTable.Applied> gateways) {
    Receipt receipt(Revision revision) {
      List<String> applied = new ArrayList<>();
      List<String> missing = new ArrayList<>();
      for (WatcherTable.Applied gateway : gateways) {
        (gateway.revision() >= revision.value() ? applied : missing).add(gateway.name());
      }
      return new Receipt(revision, applied, missing);
    }
  }
}
