package dev.gatehouse.gateway.observation;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A line of JSON for each request. An event loop only puts it into a bounded queue, from which one
 * thread writes. A disk or a reader that is too slow costs lines, which are counted and spoken of
 * in the log itself, and never a request.
 */
final class AccessLog implements AutoCloseable {

  /** Where lines go; whole ones only. */
  interface Sink extends AutoCloseable {

    void write(byte[] lines) throws IOException;

    @Override
    void close() throws IOException;
  }

  private static final Logger LOG = Logger.getLogger(AccessLog.class);
  private static final int BATCH = 256;
  private static final long PAUSE_MILLIS = 1_000;
  private static final long PATIENCE_MILLIS = 2_000;

  private final Sink sink;
  private final boolean query;
  private final BlockingQueue<AccessLine> waiting;
  private final LongAdder dropped = new LongAdder();
  private final Thread writer = new Thread(this::run, "gatehouse-access-log");
  private long spokenOf;
  private boolean failing;
  private volatile boolean closed;

  AccessLog(Sink sink, boolean query, int maxWaiting, MeterRegistry registry) {
    this.sink = sink;
    this.query = query;
    this.waiting = new ArrayBlockingQueue<>(maxWaiting);
    FunctionCounter.builder("gatehouse.access.log.dropped", dropped, LongAdder::sum)
        .description("Lines of the access log that were not written")
        .register(registry);
    writer.setDaemon(true);
    writer.start();
  }

  /** Never blocks. */
  void write(AccessLine line) {
    if (!waiting.offer(line)) {
      dropped.increment();
    }
  }

  /** Writes what waits, if that does not take long. */
  @Override
  public void close() {
    closed = true;
    writer.interrupt();
    try {
      writer.join(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<AccessLine> batch = new ArrayList<>(BATCH);
    StringBuilder text = new StringBuilder();
    do {
      AccessLine first = next();
      if (first != null) {
        batch.add(first);
        waiting.drainTo(batch, BATCH - 1);
      }
      try {
        speakOfDropped(text);
        for (AccessLine line : batch) {
          line.writeTo(text, query);
        }
        write(text, batch.size());
      } catch (RuntimeException e) {
        // A fault of ours with one line must not be the end of all further ones.
        dropped.add(batch.size());
        LOG.error("Lines of the access log could not be written", e);
      }
      batch.clear();
      text.setLength(0);
    } while (!closed || !waiting.isEmpty());
    try {
      sink.close();
    } catch (IOException e) {
      LOG.debugf("The access log was not closed: %s", e);
    }
  }

  private @Nullable AccessLine next() {
    try {
      return waiting.poll(closed ? 0 : PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return waiting.poll();
    }
  }

  private void speakOfDropped(StringBuilder text) {
    long all = dropped.sum();
    if (all > spokenOf) {
      JsonLine line = new JsonLine(text);
      line.text("time", Instant.now().toString());
      line.number("dropped", all - spokenOf);
      line.end();
      spokenOf = all;
    }
  }

  private void write(StringBuilder text, int lines) {
    if (text.length() == 0) {
      return;
    }
    try {
      sink.write(text.toString().getBytes(StandardCharsets.US_ASCII));
      if (failing) {
        LOG.info("The access log is written again");
      }
      failing = false;
    } catch (IOException e) {
      dropped.add(lines);
      if (!failing) {
        LOG.warnf("The access log cannot be written, its lines are dropped: %s", e);
      }
      failing = true;
    }
  }
}
