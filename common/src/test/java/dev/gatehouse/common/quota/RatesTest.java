package dev.gatehouse.common.quota;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RatesTest {

  private final Rates rates = new Rates(3);

  @Test
  void asManyAsAMinuteAllowsMayComeAtOnce() {
    assertThat(rates.take("acme")).isEmpty();
    assertThat(rates.take("acme")).isEmpty();
    assertThat(rates.take("acme")).isEmpty();

    assertThat(rates.take("acme"))
        .hasValueSatisfying(
            wait -> assertThat(wait).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20)));
  }

  @Test
  void eachNameHasABudgetOfItsOwn() {
    for (int i = 0; i < 5; i++) {
      rates.take("acme");
    }

    assertThat(rates.take("other")).isEmpty();
  }

  @Test
  void thoseWhoAreIdleDoNotFillTheMemory() {
    Rates many = new Rates(1_000_000_000);
    for (int i = 0; i < 30_000; i++) {
      assertThat(many.take("tenant-" + i)).isEmpty();
    }

    assertThat(many.size()).isLessThan(15_000);
  }
}
