package dev.gatehouse.gateway.trust;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Both clocks of the machine.
 *
 * @param wall may be set back
 * @param nanos monotonic, but stands still while the machine is suspended
 */
record Time(InstantSource wall, LongSupplier nanos) {

  static final Time SYSTEM = new Time(InstantSource.system(), System::nanoTime);

  Moment moment() {
    return new Moment(wall.instant(), nanos.getAsLong());
  }

  /** One moment on both clocks. */
  record Moment(Instant wall, long nanos) {

    /** The longer of what the two clocks say, so that neither fault makes anything look younger. */
    Duration until(Moment later) {
      Duration byWall = Duration.between(wall, later.wall);
      Duration byNanos = Duration.ofNanos(later.nanos - nanos);
      return byWall.compareTo(byNanos) > 0 ? byWall : byNanos;
    }

    /** The moment at which the wall clock showed {@code past}. */
    Moment at(Instant past) {
      return new Moment(past, nanos - Duration.between(past, wall).toNanos());
    }
  }
}
