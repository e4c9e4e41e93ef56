package dev.gatehouse.gateway.listener;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to bear with a connection, in nanoseconds.
 *
 * @param maxAge 0 for ever
 * @param maxConnections 0 for as many as there are
 */
record Patience(long maxAge, long head, long idle, int maxConnections) {

  /** By which ages differ, so that connections that were opened together do not end together. */
  private static final double SPREAD = 0.2;

  static Patience of(ConnectionsConfig config) {
    return new Patience(
        config.maxAge().toNanos(),
        positive("head-timeout", config.headTimeout()),
        positive("idle-timeout", config.idleTimeout()),
        config.max());
  }

  /** How old one connection may get. */
  long age() {
    if (maxAge == 0) {
      return Long.MAX_VALUE;
    }
    double factor = ThreadLocalRandom.current().nextDouble(1 - SPREAD, 1 + SPREAD);
    return (long) (maxAge * factor);
  }

  private static long positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalStateException("gatehouse.connections." + key + " must be more than 0");
    }
    return value.toNanos();
  }
}
