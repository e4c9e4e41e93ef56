package dev.gatehouse.common.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantIdTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_",
        "ab",
        "a1",
        "42",
        "a-b",
        "acme:payments",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", // 30 characters
        "aa:bb:cc:dd:ee:ff:gg:hh", // 8 segments
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:bbbbbbbbbb", // a DNS label of 42 characters
        "acme:xn",
        "xna",
      })
  void aLegalNameIsAccepted(String name) {
    assertThat(new TenantId(name)).hasToString(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                               | A segment of a tenant name has 2 to 30 characters",
        "a                                | A segment of a tenant name has 2 to 30 characters",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa  | A segment of a tenant name has 2 to 30 characters",
        "ab:                              | A segment of a tenant name has 2 to 30 characters",
        ":ab                              | A segment of a tenant name has 2 to 30 characters",
        "ab::cd                           | A segment of a tenant name has 2 to 30 characters",
        "*                                | A segment of a tenant name has 2 to 30 characters",
        "-ab   | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "ab-   | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "a--b  | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "Ab    | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "a_b   | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "a.b   | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "äb    | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "a٣b   | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "__    | A segment of a tenant name is made of a-z, 0-9 and single inner hyphens",
        "xn                               | A tenant name cannot start with the segment xn",
        "xn:ab                            | A tenant name cannot start with the segment xn",
        "aa:bb:cc:dd:ee:ff:gg:hh:ii       | A tenant name has at most 8 segments",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:bbbbbbbbbbb"
            + " | A tenant name has at most 42 characters, each ':' counting for two,"
            + " as it becomes a DNS label",
      })
  void anIllegalNameIsRefused(String name, String message) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new TenantId(name))
        .withMessage(message)
        .matches(refusal -> refusal.code() == ErrorCode.TENANT_NAME_INVALID);
  }

  @ParameterizedTest
  @CsvSource({
    "acme,acme,true",
    "acme:pay,acme,true",
    "acme:pay:eu,acme,true",
    "acme,acme:pay,false",
    "acmex,acme,false",
    "acme-x,acme,false",
    "other,acme,false",
    "_,acme,false",
    "acme,_,false",
    "_,_,true",
  })
  void aTenantIsWithinItselfAndWhatIsAboveIt(String tenant, String other, boolean within) {
    assertThat(new TenantId(tenant).isWithin(new TenantId(other))).isEqualTo(within);
  }

  @Test
  void theAncestorsAreNamedNearestFirst() {
    assertThat(new TenantId("aa:bb:cc").ancestors())
        .containsExactly(new TenantId("aa:bb"), new TenantId("aa"));
    assertThat(new TenantId("aa").ancestors()).isEmpty();
    assertThat(TenantId.DEFAULT.ancestors()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"acme,acme", "acme:pay,acme--pay", "a-b:c-d,a-b--c-d"})
  void aDnsLabelLeadsBackToTheName(String name, String label) {
    assertThat(new TenantId(name).dnsLabel()).isEqualTo(label);
    assertThat(TenantId.ofDnsLabel(label)).isEqualTo(new TenantId(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a---b", "ab--", "--ab", "ab----cd", "xn--ab", "ab:cd"})
  void aDnsLabelThatNoNameHasIsRefused(String label) {
    assertThatExceptionOfType(Invalid.class).isThrownBy(() -> TenantId.ofDnsLabel(label));
  }
}
