package dev.gatehouse.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.feed.TenantLimits;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefaultLimitsTest {

  @Test
  void withoutConfigurationNothingIsLimited() {
    assertThat(defaults(Map.of())).isEqualTo(new DefaultLimits(TenantLimits.NONE));
    assertThat(defaults(Map.of()).any()).isFalse();
  }

  @Test
  void eachIsSetByItsKey() {
    DefaultLimits defaults =
        defaults(
            Map.of(
                "gatehouse.limits.default.requests-per-second", "1",
                "gatehouse.limits.default.bytes-per-second", "2K",
                "gatehouse.limits.default.concurrent-requests", "3",
                "gatehouse.limits.default.open-streams", "4",
                "gatehouse.limits.default.body-bytes", "5M"));

    assertThat(defaults.limits()).isEqualTo(Limiters.limits(1, 2 << 10, 3, 4, 5 << 20));
    assertThat(defaults.any()).isTrue();
  }

  @Test
  void whatIsOutOfBoundsStopsTheStartAndNamesTheKey() {
    assertThatThrownBy(() -> defaults(Map.of("gatehouse.limits.default.open-streams", "0")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "gatehouse.limits.default: openStreams is a whole number from 1 to 1000000."
                + " Leave it out for no limit.");
  }

  @Test
  void anOwnNumberTakesThePlaceOfTheDefaultAndTheOthersStay() {
    DefaultLimits defaults = new DefaultLimits(Limiters.limits(1, 2, 3, 4, 5));

    assertThat(defaults.complete(Optional.of(Limiters.limits(100, 0, 0, 0, 500))))
        .isEqualTo(Limiters.limits(100, 2, 3, 4, 500));
    assertThat(defaults.complete(Optional.empty())).isEqualTo(defaults.limits());
  }

  private static DefaultLimits defaults(Map<String, String> values) {
    return DefaultLimits.of(
        new SmallRyeConfigBuilder()
            .withMapping(LimitsConfig.class)
            .withConverter(MemorySize.class, 200, new MemorySizeConverter())
            .withDefaultValues(values)
            .build()
            .getConfigMapping(LimitsConfig.class));
  }
}
