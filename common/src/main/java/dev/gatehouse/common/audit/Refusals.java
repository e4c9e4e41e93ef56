package dev.gatehouse.common.audit;

import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.quota.Rates;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Records refused calls after they were answered, in a transaction of their own: that of the call
 * was rolled back. Bounded, so that nobody fills the log by being refused.
 */
@ApplicationScoped
class Refusals {

  static final int PER_MINUTE = 60;

  private static final Logger LOG = Logger.getLogger(Refusals.class);
  private static final int MAX_WAITING = 1_000;
  private static final int MAX_BATCH = 100;

  private final Background background;
  private final Database database;
  private final AuditTable table;
  private final Rates rates = new Rates(PER_MINUTE);
  private final ConcurrentLinkedQueue<Deed> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean writing = new AtomicBoolean();

  Refusals(Background background, Database database, AuditTable table) {
    this.background = background;
    this.database = database;
    this.table = table;
  }

  /**
   * Takes note of a refusal; of one actor's tenant at most {@value #PER_MINUTE} a minute.
   *
   * @return whether it will be recorded, if the database is there
   */
  boolean offer(Deed refused) {
    if (rates.take(refused.actor().tenant().text()).isPresent()) {
      return false;
    }
    if (waiting.incrementAndGet() > MAX_WAITING) {
      waiting.decrementAndGet();
      return false;
    }
    queue.add(refused);
    write();
    return true;
  }

  private void write() {
    if (queue.isEmpty() || !writing.compareAndSet(false, true)) {
      return;
    }
    List<Deed> batch = new ArrayList<>();
    for (Deed next = queue.poll(); next != null; next = queue.poll()) {
      batch.add(next);
      if (batch.size() == MAX_BATCH) {
        break;
      }
    }
    waiting.addAndGet(-batch.size());
    if (batch.isEmpty()) {
      writing.set(false);
      return;
    }
    background
        .run(() -> database.transaction(() -> table.append(batch)))
        .subscribe()
        .with(done -> written(), failure -> failed(batch, failure));
  }

  private void failed(List<Deed> batch, Throwable failure) {
    LOG.warnf(
        "%d refused calls could not be recorded: %s",
        batch.size(), failure.getClass().getSimpleName());
    written();
  }

  private void written() {
    writing.set(false);
    write();
  }
}
