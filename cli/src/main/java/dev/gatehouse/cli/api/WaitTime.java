package dev.gatehouse.cli.api;

import dev.gatehouse.cli.terminal.Durations;
import java.time.Duration;

/** How long a write may wait for its receipt: up to {@value #MAX_SECONDS} seconds. */
public record WaitTime(Duration value) {

  public static final long MAX_SECONDS = 60;

  public WaitTime {
    if (value.isNegative() || value.compareTo(Duration.ofSeconds(MAX_SECONDS)) > 0) {
      throw new IllegalArgumentException("one waits for 0s to " + MAX_SECONDS + "s");
    }
  }

  public static WaitTime parse(String text) {
    return new WaitTime(Durations.parse(text));
  }
}
