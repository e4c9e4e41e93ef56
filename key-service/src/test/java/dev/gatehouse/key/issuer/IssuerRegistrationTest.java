package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.feed.Change;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
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
    start(configured);
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
    start(configured);
  }

  @Test
  void theSameConfigurationChangesNothing() {
    UUID id = lastChange().id();

    start(configured);

    assertThat(lastChange().id()).isEqualTo(id);
    assertThat(told()).hasSize(1);
  }

  @Test
  void anotherAudienceIsToldAndTheKeysStay() {
    UUID id = lastChange().id();
    int keys = told().get(0).keys().size();

    start(issuer(provider.issuer(), "another"));

    assertThat(lastChange().id()).isEqualTo(id);
    assertThat(told().get(0).audiences()).containsExactly("another");
    assertThat(told().get(0).keys()).hasSize(keys);
  }

  @Test
  void anotherAddressIsAnotherIssuerWithoutTheFormerKeys() {
    UUID id = lastChange().id();

    start(issuer("http://127.0.0.1:1/other", "gatehouse-test"));

    assertThat(lastChange().id()).isNotEqualTo(id);
    assertThat(told()).hasSize(1);
    assertThat(told().get(0).issuer()).isEqualTo("http://127.0.0.1:1/other");
    assertThat(told().get(0).keys()).isEmpty();
    assertThat(told().get(0).keysAsOf()).isEmpty();
  }

  @Test
  void anIssuerThatIsNoLongerConfiguredIsRemoved() {
    start();

    assertThat(lastChange().isRemoval()).isTrue();
    assertThat(told()).isEmpty();
  }

  @Test
  void severalIssuersComeAndGoOneByOne() {
    ConfiguredIssuer second =
        issuer(new IssuerName("second"), "http://127.0.0.1:1/second", "gatehouse-test");
    ConfiguredIssuer third =
        issuer(new IssuerName("third"), "http://127.0.0.1:1/third", "gatehouse-test");

    start(configured, second);
    assertThat(told()).extracting(IssuerEntry::name).containsExactly("default", "second");
    long before = FeedReader.head();

    start(third, configured);

    assertThat(told()).extracting(IssuerEntry::name).containsExactly("default", "third");
    assertThat(FeedReader.page().changes().stream().filter(it -> it.revision() > before))
        .hasSizeGreaterThanOrEqualTo(2);
    assertThat(told().get(0).keys()).isNotEmpty();
  }

  private void start(ConfiguredIssuer... issuers) {
    background.run(() -> registration.apply(List.of(issuers))).await().atMost(PATIENCE);
  }

  private static ConfiguredIssuer issuer(String url, String audience) {
    return issuer(IssuerName.DEFAULT, url, audience);
  }

  private static ConfiguredIssuer issuer(IssuerName name, String url, String audience) {
    return new ConfiguredIssuer(
        name,
        url,
        List.of(audience),
        "https://gatehouse.dev/claims",
        Reach.EVERYTHING,
        Scope.ALL_DATA);
  }

  /** Those of the configuration. */
  private static List<IssuerEntry> told() {
    return FeedReader.state("issuer", IssuerEntry.class).stream()
        .filter(entry -> entry.ownerId().isEmpty())
        .toList();
  }

  private static Change lastChange() {
    return FeedReader.page().changes().stream()
        .filter(change -> change.kind().equals("issuer"))
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }
}
