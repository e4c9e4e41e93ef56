package dev.gatehouse.common.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Work that is done again and again in the background, never twice at once in one process. */
public final class Periodic {

  private static final Logger LOG = Logger.getLogger(Periodic.class);

  private final String failure;
  private final Supplier<Uni<Void>> work;
  private final AtomicBoolean underWay = new AtomicBoolean();

  private Periodic(String failure, Supplier<Uni<Void>> work) {
    this.failure = failure;
    this.work = work;
  }

  /**
   * Starts it, for as long as the process runs.
   *
   * @param failure what the log says when the work fails; it is tried again after the next pause
   */
  public static void start(Vertx vertx, Duration pause, String failure, Supplier<Uni<Void>> work) {
    Periodic periodic = new Periodic(failure, work);
    vertx.setPeriodic(pause.toMillis(), id -> periodic.run());
  }

  private void run() {
    if (underWay.compareAndSet(false, true)) {
      Uni.createFrom()
          .deferred(work::get)
          .onTermination()
          .invoke(() -> underWay.set(false))
          .subscribe()
          .with(done -> {}, this::warn);
    }
  }

  private void warn(Throwable cause) {
    LOG.warnf("%s: %s", failure, cause.getClass().getSimpleName());
  }
}
