package dev.gatehouse.common.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.Invalid;
import org.junit.jupiter.api.Test;

class OpstraceKeyIdTest {

  @Test
  void hasFortyLowerCaseHexDigits() {
    assertThat(OpstraceKeyId.isHexSha1("0123456789abcdef0123456789abcdef01234567")).isTrue();
    assertThat(OpstraceKeyId.isHexSha1("0123456789ABCDEF0123456789abcdef01234567")).isFalse();

    assertThatThrownBy(() -> new OpstraceKeyId("0123456789abcdef0123456789abcdef0123456"))
        .isInstanceOf(Invalid.class)
        .hasMessage("An Opstrace key id has 40 lower-case hex digits");
  }
}
