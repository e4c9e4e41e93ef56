package dev.gatehouse.common.database;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way to PostgreSQL. Whatever is done through it answers within the deadline: with its
 * result, with its own failure, or with {@link dev.gatehouse.common.error.Unavailable}.
 */
@ApplicationScoped
public class Database {

  private final DatabaseConfiguration configuration;
  private final Migrations migrations;
  private final Vertx vertx;
  private final Turnstile transactions;

  Database(DatabaseConfiguration configuration, Migrations migrations, Vertx vertx) {
    this.configuration = configuration;
    this.migrations = migrations;
    this.vertx = vertx;
    this.transactions = new Turnstile(configuration.maxTransactions());
  }

  /**
   * Runs {@code work} in one transaction; past the deadline it is rolled back. Transactions wait
   * for each other at the one counter of the feed, so only some at a time hold a connection: the
   * others are for those who read.
   */
  public <T> Uni<T> transaction(Supplier<Uni<T>> work) {
    return bounded(deadline -> transactions.pass(() -> transaction(work, deadline)));
  }

  private static <T> Uni<T> transaction(Supplier<Uni<T>> work, Deadline deadline) {
    deadline.check();
    return Panache.withTransaction(
        () -> {
          deadline.check();
          return work.get().invoke(deadline::check);
        });
  }

  /** Runs {@code work} in a session without a transaction, for reading. */
  public <T> Uni<T> session(Supplier<Uni<T>> work) {
    return bounded(
        deadline ->
            Panache.withSession(
                () -> {
                  deadline.check();
                  return work.get();
                }));
  }

  /** Runs statements of the plain client under the same deadline. */
  public <T> Uni<T> within(Supplier<Uni<T>> statements) {
    return bounded(deadline -> statements.get());
  }

  /**
   * Never cancels what has begun, neither at the deadline nor when the client goes away: a
   * cancelled transaction would give its connection back before it was rolled back.
   */
  private <T> Uni<T> bounded(Work<T> work) {
    return Uni.createFrom()
        .<T>emitter(
            emitter -> {
              if (!migrations.done()) {
                emitter.fail(DatabaseFaults.unavailable());
              } else {
                run(work, emitter);
              }
            });
  }

  private <T> void run(Work<T> work, UniEmitter<? super T> emitter) {
    Deadline deadline = new Deadline();
    Context asked = Vertx.currentContext();
    long timer =
        vertx.setTimer(
            configuration.deadline().toMillis(),
            id -> {
              if (deadline.pass()) {
                emitter.fail(DatabaseFaults.unavailable());
              }
            });
    Uni.createFrom()
        .deferred(() -> work.within(deadline))
        .subscribe()
        .with(
            item -> answer(timer, deadline, asked, () -> emitter.complete(item)),
            failure ->
                answer(
                    timer,
                    deadline,
                    asked,
                    () -> emitter.fail(DatabaseFaults.translated(failure))));
  }

  /** Answers on the context that asked; what shares a statement may end on another one. */
  private void answer(long timer, Deadline deadline, @Nullable Context asked, Runnable answer) {
    vertx.cancelTimer(timer);
    if (!deadline.pass()) {
      return;
    }
    if (asked == null || asked == Vertx.currentContext()) {
      answer.run();
    } else {
      asked.runOnContext(v -> answer.run());
    }
  }

  private interface Work<T> {
    Uni<T> within(Deadline deadline);
  }

  /** Answered once, by the result or by the clock. */
  private static final class Deadline {
    private final AtomicBoolean answered = new AtomicBoolean();

    /** Whether this is the first answer. */
    boolean pass() {
      return answered.compareAndSet(false, true);
    }

    void check() {
      if (answered.get()) {
        throw DatabaseFaults.unavailable();
      }
    }
  }
}
