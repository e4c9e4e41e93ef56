package dev.gatehouse.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodeTest {

  @ParameterizedTest
  @EnumSource
  void everyCodeIsLowerCaseWithAStatusAndATitle(ErrorCode code) {
    assertThat(code.code()).matches("[a-z]+(_[a-z]+)*");
    assertThat(code.status()).isBetween(400, 599);
    assertThat(code.title()).matches("[A-Z][a-z ]+[a-z]");
  }

  @ParameterizedTest
  @EnumSource
  void codesOfOneStatusHaveOneTitle(ErrorCode code) {
    Set<String> titles =
        Arrays.stream(ErrorCode.values())
            .filter(other -> other.status() == code.status() && other.status() != 400)
            .map(ErrorCode::title)
            .collect(Collectors.toSet());

    assertThat(titles).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void onlyAnExpiredTokenHasTwoStatuses() {
    assertThat(ErrorCode.values())
        .filteredOn(code -> !code.code().equalsIgnoreCase(code.name()))
        .containsExactly(ErrorCode.TOKEN_EXPIRED_HELD);
    assertThat(ErrorCode.TOKEN_EXPIRED_HELD.code()).isEqualTo(ErrorCode.TOKEN_EXPIRED.code());
  }
}
