package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedSettingsTest {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void contactIsKeptAtLeastEveryTenMinutes() {
    assertThat(FeedSettings.of(false, WEEK, Optional.empty(), MINUTE).contactEvery())
        .isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void contactIsKeptMoreOftenWhereAgeIsBoundedTightly() {
    Optional<Duration> staleness = Optional.of(Duration.ofMinutes(1));

    assertThat(FeedSettings.of(false, WEEK, staleness, MINUTE).contactEvery())
        .isEqualTo(Duration.ofSeconds(15));
    assertThat(
            FeedSettings.of(false, Duration.ofMinutes(8), Optional.empty(), MINUTE).contactEvery())
        .isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void boundsThatAreTooTightStopTheStart() {
    Duration tooShort = Duration.ofMillis(59_999);

    assertThatThrownBy(() -> FeedSettings.of(false, WEEK, Optional.of(tooShort), MINUTE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gatehouse.trust.max-staleness");
    assertThatThrownBy(() -> FeedSettings.of(false, tooShort, Optional.empty(), MINUTE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gatehouse.trust.max-disk-age");
    assertThatThrownBy(() -> FeedSettings.of(false, WEEK, Optional.empty(), Duration.ofMillis(999)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gatehouse.feeds.usage-every");
  }
}
