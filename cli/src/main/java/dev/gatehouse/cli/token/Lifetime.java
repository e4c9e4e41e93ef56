package dev.gatehouse.cli.token;

import dev.gatehouse.cli.terminal.Durations;
import java.time.Duration;

/** How long a token is valid: whole seconds, from one second to {@value #MAX_DAYS} days. */
public record Lifetime(Duration value) {

  /** Ten years and a bit: what Opstrace gave every token. */
  public static final long MAX_DAYS = 3660;

  public Lifetime {
    if (value.toSeconds() < 1 || value.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
      throw new IllegalArgumentException(
          "a token is valid for 1s to " + MAX_DAYS + "d, for example 90d");
    }
  }

  public static Lifetime parse(String text) {
    return new Lifetime(Durations.parse(text));
  }

  public long seconds() {
    return value.toSeconds();
  }
}
