package dev.gatehouse.gateway.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "/prometheus", "/api/prom", "/a-b_c~1/D"})
  void aPrefixIsEmptyOrAPath(String value) {
    assertThat(new PathPrefix(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"prometheus", "/", "/a/", "//a", "/a//b", "/..", "/a b", "/a%2Fb", "/a?b", "/{x}"})
  void anythingElseIsNone(String value) {
    assertThatThrownBy(() -> new PathPrefix(value)).isInstanceOf(Invalid.class);
  }
}
