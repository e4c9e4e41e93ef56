package dev.gatehouse.key.owner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.Credential;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerNamesTest {

  @ParameterizedTest(name = "{0} among those of {1} means that of {2}")
  @CsvSource({
    "acme,     *,                *",
    "acme,     * acme,           acme",
    "acme,     * acme:pay,       acme:pay",
    "acme,     * other,          *",
    "acme:pay, * acme,           *",
    "*,        acme,             acme",
    "*,        *,                *",
  })
  void onesOwnComesBeforeThatForEveryTenant(String reach, String owners, String meant) {
    assertThat(IssuerNames.choose(caller(reach), Optional.empty(), named(owners)).owner().text())
        .isEqualTo(meant);
  }

  @Test
  void thoseOfOthersAreNotThere() {
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(
            () -> IssuerNames.choose(caller("acme"), Optional.empty(), named("other acme2")));
    assertThatExceptionOfType(NotFound.class)
        .isThrownBy(
            () ->
                IssuerNames.choose(
                    caller("acme"), Optional.of(Reach.parse("other")), named("other *")));
  }

  @Test
  void severalNeedTheOwner() {
    List<IssuerNames.Named> both = named("acme acme:pay other");

    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> IssuerNames.choose(caller("acme"), Optional.empty(), both))
        .withMessageContaining("acme, acme:pay")
        .withMessageNotContaining("other");
    assertThat(
            IssuerNames.choose(caller("acme"), Optional.of(Reach.parse("acme:pay")), both)
                .owner()
                .text())
        .isEqualTo("acme:pay");
  }

  private static List<IssuerNames.Named> named(String owners) {
    return Arrays.stream(owners.split(" ", -1))
        .map(
            owner ->
                new IssuerNames.Named(UUID.randomUUID(), "https://idp.example", Reach.parse(owner)))
        .toList();
  }

  private static Caller caller(String reach) {
    return new Caller(
        Reach.parse(reach), Optional.empty(), Scope.EVERY, Credential.API_KEY, "127.0.0.1");
  }
}
