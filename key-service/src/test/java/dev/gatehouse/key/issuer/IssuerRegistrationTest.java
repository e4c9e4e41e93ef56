package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.FeedReader;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.Neighbours;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a start with another configuration does. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class IssuerRegistrationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init")
  @Inject
  IssuerRegistration registration;

  @SuppressWarnings("NullAway.Init")
  @Inject
  Background background;

  @SuppressWarnings("NullAway.Init")
  FakeProvider provider;

  private ConfiguredIssuer configured;

  @BeforeEach
  void theConfiguredIssuerWithAKey() {
    configured = issuer(provider.issuer(), "gatehouse-test");
    provider.publish(FakeProvider.newKey("kid-" + UUID.randomUUID()));
    start(Optional.of(configured));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                told().stream()
                    .anyMatch(
                        entry ->
                            entry.audiences().equals(configured.audiences())
                                && !entry.keys().isEmpty()));
  }

  @AfterEach
  void asItWas() {
    start(Optional.of(configured));
  }

  @Test
  void theSameConfigurationChangesNothing() {
    UUID id = lastChange().id();

    start(Optional.of(configured));

    assertThat(lastChange().id()).isEqualTo(id);
    assertThat(told()).hasSize(1);
  }

  @Test
  void anotherAudienceIsToldAndTheKeysStay() {
    UUID id = lastChange().id();
    int keys = told().get(0).keys().size();

    start(Optional.of(issuer(provider.issuer(), "another")));

    assertThat(lastChange().id()).isEqualTo(id);
    assertThat(told().get(0).audiences()).containsExactly("another");
    assertThat(told().get(0).keys()).hasSize(keys);
  }

  @Test
  void anotherAddressIsAnotherIssuerWithoutTheFormerKeys() {
    UUID id = lastChange().id();

    start(Optional.of(issuer("http://127.0.0.1:1/other", "gatehouse-test")));

    assertThat(lastChange().id()).isNotEqualTo(id);
    assertThat(told()).hasSize(1);
    assertThat(told().get(0).issuer()).isEqualTo("http://127.0.0.1:1/other");
    assertThat(told().get(0).keys()).isEmpty();
    assertThat(told().get(0).keysAsOf()).isEmpty();
  }

  @Test
  void anIssuerThatIsNoLongerConfiguredIsRemoved() {
    start(Optional.empty());

    assertThat(lastChange().isRemoval()).isTrue();
    assertThat(told()).isEmpty();
  }

  private void start(Optional<ConfiguredIssuer> issuer) {
    background.run(() -> registration.apply(issuer)).await().atMost(PATIENCE);
  }

  private static ConfiguredIssuer issuer(String url, String audience) {
    return new ConfiguredIssuer(
        url, List.of(audience), "https://gatehouse.dev/claims", Scope.ALL_DATA);
  }

  private static List<IssuerEntry> told() {
    return FeedReader.state("issuer", IssuerEntry.class);
  }

  private static Change lastChange() {
    return FeedReader.page().changes().stream()
        .filter(change -> change.kind().equals("issuer"))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
