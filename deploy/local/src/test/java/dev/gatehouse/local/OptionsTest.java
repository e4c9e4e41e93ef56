package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void withoutArgumentsEverythingStartsAsInstanceLocalOnTheUsualPorts() {
    Options options = Options.parse(List.of());

    assertThat(options.instance()).isEqualTo("local");
    assertThat(options.parts()).containsExactlyInAnyOrder(Part.values());
    assertThat(options.upstreams()).isEmpty();
    assertThat(options.fresh()).isFalse();
    assertThat(options.freePorts()).isFalse();
    assertThat(options.keepGoing()).isFalse();
    assertThat(options.tiedTo()).isEmpty();
  }

  @Test
  void eachArgumentSaysItsOwnThing() {
    Options options =
        Options.parse(
            List.of(
                "--fresh",
                "--keep-going",
                "--checkout",
                "/checkout",
                "--state",
                "/state",
                "--instance",
                "blue",
                "--ports",
                "auto",
                "--only",
                "gateway,demo-backend",
                "--tied-to",
                "42",
                "--upstream",
                "one=http://127.0.0.1:1",
                "--upstream",
                "two=http://127.0.0.1:2"));

    assertThat(options.fresh()).isTrue();
    assertThat(options.keepGoing()).isTrue();
    assertThat(options.checkout()).isEqualTo(Path.of("/checkout"));
    assertThat(options.state()).isEqualTo(Path.of("/state"));
    assertThat(options.instance()).isEqualTo("blue");
    assertThat(options.freePorts()).isTrue();
    assertThat(options.parts()).containsExactlyInAnyOrder(Part.GATEWAY, Part.DEMO_BACKEND);
    assertThat(options.tiedTo()).hasValue(42);
    assertThat(options.upstreams()).extracting(Upstream::api).containsExactly("one", "two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--sideways | There is no option '--sideways'.",
        "--state | --state needs a value.",
        "--ports 8080 | --ports: the only value is 'auto', not '8080'.",
        "--instance A | --instance: 'A' is not 2 to 23 characters of [a-z0-9-].",
        "--only gateway,cellar | --only: 'cellar' is none of gateway, tenant-service,"
            + " key-service, database, identity-provider, demo-backend.",
      })
  void wrongUsageIsOneSentenceAndExitCodeTwo(String arguments, String sentence) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Options.parse(List.of(arguments.split(" "))))
        .withMessage(sentence)
        .extracting(Failure::exitCode)
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab", "local", "a23456789-123456789-123"})
  void anInstanceIsNamedByTwoToTwentyThreeCharacters(String name) {
    assertThat(Options.parse(List.of("--instance", name)).instance()).isEqualTo(name);
  }

  @Test
  void anUpstreamHasTheCatalogOfTheBackendThatUsuallyHasItsName() {
    assertThat(Upstream.parse("cortex=http://h:1").catalog()).isEqualTo("mimir");
    assertThat(Upstream.parse("loki=http://h:1").catalog()).isEqualTo("loki");
    assertThat(Upstream.parse("other=http://h:1").catalog()).isEqualTo("any");
  }

  @Test
  void anUpstreamMayNameItsCatalogAndItsTenants() {
    Upstream upstream = Upstream.parse("prom=https://h/p,catalog=prometheus,tenants=a1+b2:c3");

    assertThat(upstream)
        .isEqualTo(
            new Upstream("prom", URI.create("https://h/p"), "prometheus", List.of("a1", "b2:c3")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "cortex | 'cortex' has no NAME=URL",
        "=http://h | '=http://h' has no NAME=URL",
        "Cortex=http://h | 'Cortex' is no name for an api",
        "keys=http://h | 'keys' is no name for an api",
        "cortex=ftp://h | 'ftp://h' is no http or https URL",
        "cortex=http:// | 'http://' is no http or https URL",
        "cortex=nonsense | 'nonsense' is no http or https URL",
        "cortex=http://h,catalog=thanos | catalog 'thanos' of api 'cortex' is none of any, loki",
        "cortex=http://h,colour=blue | 'colour=blue' is neither catalog=… nor tenants=…",
        "cortex=http://h,tenants=A | 'A' is no tenant's name",
        "prom=http://h,catalog=prometheus | say who may use api 'prom': ,tenants=a+b",
      })
  void anUpstreamThatCannotBeMeantIsRefusedWithTheForm(String text, String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> Upstream.parse(text))
        .withMessageContaining(reason)
        .withMessageEndingWith("The form is --upstream NAME=URL[,catalog=C][,tenants=a+b].")
        .extracting(Failure::exitCode)
        .isEqualTo(2);
  }
}
