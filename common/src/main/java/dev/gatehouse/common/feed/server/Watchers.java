package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.LimitExceeded;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Stores contacts before they are answered. Those that come while a batch is being written make up
 * the next one, so a thousand watchers cost a few statements, and a single one does not wait.
 */
@ApplicationScoped
class Watchers {

  private static final int MAX_BATCH = 1_000;

  private final Database database;
  private final WatcherTable table;
  private final FeedConfiguration configuration;
  private final ConcurrentLinkedQueue<Pending> queue = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean writing = new AtomicBoolean();

  Watchers(Database database, WatcherTable table, FeedConfiguration configuration) {
    this.database = database;
    this.table = table;
    this.configuration = configuration;
  }

  /** Stores the contact; completes when it is committed. */
  Uni<Registration> contact(Contact contact) {
    return database.within(
        () ->
            Uni.createFrom()
                .emitter(
                    emitter -> {
                      queue.add(new Pending(contact, emitter));
                      write();
                    }));
  }

  /** Forgets a watcher that says goodbye or is gone for good. */
  Uni<Void> goodbye(String id) {
    return database.within(() -> table.remove(List.of(id)));
  }

  /** Before a page is handed out after which the watcher has to ask again before it can swap. */
  Uni<Void> partial(String id, long revision, boolean replay, long compactedThrough) {
    return database.within(() -> table.partial(id, revision, replay, compactedThrough));
  }

  private void write() {
    if (queue.isEmpty() || !writing.compareAndSet(false, true)) {
      return;
    }
    List<Pending> batch = new ArrayList<>();
    for (Pending next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
      if (batch.size() == MAX_BATCH) {
        break;
      }
    }
    database
        .within(
            () ->
                table.store(
                    batch.stream().map(Pending::contact).toList(), configuration.maxWatchers()))
        .onTermination()
        .invoke(() -> writing.set(false))
        .subscribe()
        .with(stored -> answer(batch, stored), failure -> fail(batch, failure));
  }

  private void answer(List<Pending> batch, Map<String, Registration> stored) {
    write();
    for (Pending pending : batch) {
      Registration registration = stored.get(pending.contact().watcher().id());
      if (registration == null) {
        pending.emitter().fail(full());
      } else {
        pending.emitter().complete(registration);
      }
    }
  }

  private void fail(List<Pending> batch, Throwable failure) {
    write();
    batch.forEach(pending -> pending.emitter().fail(failure));
  }

  private LimitExceeded full() {
    return new LimitExceeded(
        ErrorCode.LIMIT_EXCEEDED,
        "There are "
            + configuration.maxWatchers()
            + " watchers already. Remove those that are gone for good, or raise"
            + " gatehouse.feed.max-watchers.");
  }

  private record Pending(Contact contact, UniEmitter<? super Registration> emitter) {}
}
