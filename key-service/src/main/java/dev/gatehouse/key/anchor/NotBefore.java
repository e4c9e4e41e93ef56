package dev.gatehouse.key.anchor;

import static dev.gatehouse.key.body.Fields.invalid;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.key.body.Fields;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST …/not-before}: from when on tokens have to be.
 *
 * @param at in whole seconds, as {@code iat} is: the running second belongs to what is refused
 */
record NotBefore(Instant at) {

  /** How far the clock of the sender may run ahead. */
  private static final Duration SKEW = Duration.ofSeconds(30);

  /**
   * Reads the body; without one it is now.
   *
   * @throws Invalid when it is not a time up to now
   */
  static NotBefore parse(@Nullable String body, Instant now) {
    String json = body == null || body.isBlank() ? "{}" : body;
    Instant at = Fields.of(json, "not-before", List.of("at")).time("at").orElse(now);
    if (at.isAfter(now.plus(SKEW))) {
      throw invalid("at is in the future; tokens that are still to be minted would be refused");
    }
    Instant second = at.truncatedTo(ChronoUnit.SECONDS);
    return new NotBefore(second.equals(at) ? second : second.plusSeconds(1));
  }

  /** Writes the change; false when the key was like that before. */
  boolean applyTo(Anchor anchor) {
    Instant before = anchor.tokensNotBefore;
    if (before != null && at.isBefore(before)) {
      throw invalid("at is before the tokensNotBefore of the key, and that never goes back");
    }
    anchor.tokensNotBefore = at;
    return !at.equals(before);
  }
}
