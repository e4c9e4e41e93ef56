package dev.gatehouse.gateway.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Both clocks, moved by hand. */
final class TestTime {

  private final AtomicLong wallMillis =
      new AtomicLong(Instant.parse("2026-06-01T00:00:00Z").toEpochMilli());
  private final AtomicLong nanos = new AtomicLong();

  final Time time = new Time(this::now, nanos::get);

  Instant now() {
    return Instant.ofEpochMilli(wallMillis.get());
  }

  void pass(Duration duration) {
    wallMillis.addAndGet(duration.toMillis());
    nanos.addAndGet(duration.toNanos());
  }

  /** Sets the wall clock as an operator would. */
  void setWall(Instant value) {
    wallMillis.set(value.toEpochMilli());
  }
}
