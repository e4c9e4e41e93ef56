package dev.gatehouse.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.Invalid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"c1", "cortex", "42", "a1234567890123456789", "apis", "key"})
  void anApiHasTwoToTwentyLettersAndDigits(String name) {
    assertThat(new ApiName(name)).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c",
        "a12345678901234567890",
        "Cortex",
        "my-api",
        "my_api",
        "my.api",
        "\u00fcber",
        "api",
        "console",
        "tenants",
        "keys",
        "issuers",
        "audit"
      })
  void anythingElseAndReservedWordsAreRefused(String name) {
    assertThatThrownBy(() -> new ApiName(name))
        .isInstanceOf(Invalid.class)
        .hasMessage(
            "The name of an api has 2 to 20 characters of a-z and 0-9, and is not api, console,"
                + " tenants, keys, issuers or audit");
  }
}
