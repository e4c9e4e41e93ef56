package dev.gatehouse.common.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.Invalid;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrgIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "42", "TeamA", "fake", "_", "a.b", "...", "!_.*'()-", "acme.payments"})
  void aLegalIdIsAccepted(String id) {
    assertThat(new OrgId(id)).hasToString(id);
  }

  @Test
  void theLongestIdHas150Bytes() {
    assertThat(new OrgId("a".repeat(150)).value()).hasSize(150);
  }

  @ParameterizedTest
  @MethodSource
  void anIllegalIdIsRefused(String id, String message) {
    assertThatExceptionOfType(Invalid.class).isThrownBy(() -> new OrgId(id)).withMessage(message);
  }

  static Stream<Arguments> anIllegalIdIsRefused() {
    String length = "An organisation id has 1 to 150 bytes";
    String made = "An organisation id is made of 0-9, A-Z, a-z and !_.*'()-";
    String reserved = "This organisation id is reserved by the backends";
    return Stream.of(
        Arguments.of("", length),
        Arguments.of("a".repeat(151), length),
        Arguments.of("a|b", made),
        Arguments.of("a/b", made),
        Arguments.of("a b", made),
        Arguments.of("a:b", made),
        Arguments.of("a\n", made),
        Arguments.of("ä", made),
        Arguments.of(".", reserved),
        Arguments.of("..", reserved),
        Arguments.of("__mimir_cluster", reserved));
  }

  @Test
  void theIdOfATenantJoinsItsSegmentsWithDots() {
    assertThat(OrgId.of(new TenantId("acme:pay:eu"))).hasToString("acme.pay.eu");
    assertThat(OrgId.of(TenantId.DEFAULT)).hasToString("_");
  }
}
