package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreshnessTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          max-age=600                     | PT10M
          public, max-age=600             | PT10M
          MAX-AGE="600", must-revalidate  | PT10M
          max-age=60                      | PT1M
          max-age=59                      | PT1M
          max-age=0                       | PT1M
          max-age=900                     | PT15M
          max-age=901                     | PT15M
          max-age=99999999999999          | PT15M
          max-age=-1                      | PT1M
          max-age=soon                    | PT1M
          no-store                        | PT1M
          no-cache, max-age=600           | PT1M
          private                         | PT5M
          """)
  void cacheControlIsKeptWithinItsBounds(String cacheControl, Duration expected) {
    assertThat(freshness(cacheControl, null, null, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Thu, 1 Jan 2026 00:10:00 GMT |                              | PT10M
          Thu, 1 Jan 2026 01:10:00 GMT | Thu, 1 Jan 2026 01:00:00 GMT | PT10M
          Thu, 1 Jan 2025 00:00:00 GMT |                              | PT1M
          0                            |                              | PT1M
          """)
  void expiresCountsFromTheProvidersOwnClock(
      String expires, @Nullable String date, Duration expected) {
    assertThat(freshness(null, expires, date, null)).isEqualTo(expected);
  }

  @Test
  void cacheControlComesBeforeExpires() {
    assertThat(freshness("max-age=120", "Thu, 1 Jan 2026 00:10:00 GMT", null, null))
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void theTimeSpentInCachesCounts() {
    assertThat(freshness("max-age=600", null, null, "300")).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aProviderThatSaysNothingIsAskedEveryFiveMinutes() {
    assertThat(freshness(null, null, null, null)).isEqualTo(Duration.ofMinutes(5));
  }

  private static Duration freshness(
      @Nullable String cacheControl,
      @Nullable String expires,
      @Nullable String date,
      @Nullable String age) {
    Map<String, @Nullable String> headers = new HashMap<>();
    headers.put("Cache-Control", cacheControl);
    headers.put("Expires", expires);
    headers.put("Date", date);
    headers.put("Age", age);
    return Freshness.of(name -> Optional.ofNullable(headers.get(name)), NOW);
  }
}
