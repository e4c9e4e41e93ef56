package dev.gatehouse.key.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import io.smallrye.mutiny.Uni;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationsTest {

  private static final URI IDP = URI.create("https://idp.example.com/");
  private static final Duration DEADLINE = Duration.ofSeconds(1);

  private final Deque<List<InetAddress>> answers = new ArrayDeque<>();
  private final Destinations destinations = new Destinations((name, deadline) -> next());

  @Test
  void aNameWithPublicAddressesLeadsToTheFirstOfThem() {
    resolvesTo("8.8.8.8", "2606:4700::1");

    assertThat(ofTenant(IDP)).isEqualTo(address("8.8.8.8"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "::1",
        "fd00:ec2::254",
        "::ffff:127.0.0.1",
        "64:ff9b::a9fe:a9fe"
      })
  void oneBadAddressSpoilsTheName(String bad) {
    resolvesTo(bad);
    assertRefused(IDP);
    resolvesTo("8.8.8.8", bad);
    assertRefused(IDP);
    resolvesTo(bad, "8.8.8.8");
    assertRefused(IDP);
  }

  @Test
  void aNameIsAskedAnewEachTime() {
    resolvesTo("8.8.8.8");
    resolvesTo("127.0.0.1");

    assertThat(ofTenant(IDP)).isEqualTo(address("8.8.8.8"));
    assertRefused(IDP);
  }

  @Test
  void aNameWithoutAnAddressIsRefusedAlikeSoThatNamesOfOursCannotBeGuessed() {
    assertRefused(IDP);
    resolvesTo();
    assertRefused(IDP);
  }

  @Test
  void whatIsNoPublicAddressByItsTextIsRefusedWithoutBeingResolved() {
    resolvesTo("8.8.8.8");

    assertRefused(URI.create("http://idp.example.com/"));
    assertRefused(URI.create("https://localhost/"));
    assertRefused(URI.create("https://10.0.0.1/"));
    assertRefused(URI.create("https://2130706433/"));

    assertThat(answers).hasSize(1);
  }

  @Test
  void anAddressItselfNeedsNoName() {
    assertThat(ofTenant(URI.create("https://8.8.8.8/"))).isEqualTo(address("8.8.8.8"));
    assertThat(ofTenant(URI.create("https://[2606:4700::1]/"))).isEqualTo(address("2606:4700::1"));
  }

  @Test
  void anAllowedHostMayBeAnywhereAndNeedsNoHttps() {
    HostList allowed = HostList.of(List.of("keycloak:8080"));
    resolvesTo("10.0.0.1");

    InetAddress there =
        destinations
            .ofTenant(URI.create("http://keycloak:8080/realms/a"), allowed, DEADLINE)
            .await()
            .indefinitely();

    assertThat(there).isEqualTo(address("10.0.0.1"));
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(
            () ->
                destinations
                    .ofTenant(URI.create("http://keycloak:8081/"), allowed, DEADLINE)
                    .await()
                    .indefinitely());
  }

  @Test
  void theOperatorsOwnAddressesAreNotJudged() {
    resolvesTo("127.0.0.1");
    assertThat(ofOperator("http://localhost:8380/default")).isEqualTo(address("127.0.0.1"));
    assertThat(ofOperator("http://10.0.0.1/")).isEqualTo(address("10.0.0.1"));
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> ofOperator("http://gone/"))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE));
  }

  private InetAddress ofTenant(URI uri) {
    return destinations.ofTenant(uri, HostList.NONE, DEADLINE).await().indefinitely();
  }

  private InetAddress ofOperator(String uri) {
    return destinations.ofOperator(URI.create(uri), DEADLINE).await().indefinitely();
  }

  private void assertRefused(URI uri) {
    assertThatExceptionOfType(FetchFailure.class)
        .isThrownBy(() -> ofTenant(uri))
        .satisfies(failure -> assertThat(failure.reason()).isEqualTo(Reason.ADDRESS_REFUSED));
  }

  private void resolvesTo(String... addresses) {
    answers.add(Arrays.stream(addresses).map(DestinationsTest::address).toList());
  }

  private Uni<List<InetAddress>> next() {
    return answers.isEmpty()
        ? Uni.createFrom().failure(new UnknownHostException("no such name"))
        : Uni.createFrom().item(answers.remove());
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
