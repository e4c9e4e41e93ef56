package dev.gatehouse.key.issuer;

import static dev.gatehouse.common.testing.TestCalls.as;
import static dev.gatehouse.key.issuer.IssuerCalls.issuer;
import static dev.gatehouse.key.issuer.IssuerCalls.post;
import static dev.gatehouse.key.issuer.IssuerCalls.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.server.Feed;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.key.fake.FakeProvider;
import dev.gatehouse.key.fake.FakeTenantService;
import dev.gatehouse.key.fake.Neighbours;
import dev.gatehouse.key.owner.OwnedObjects;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What others of this service do with issuers: removal with their owner, export and import. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(Neighbours.class)
class IssuerTransferTest {

  private static final int MOST = 500;

  @SuppressWarnings("NullAway.Init")
  FakeTenantService tenants;

  @SuppressWarnings("NullAway.Init")
  @Inject
  OwnedIssuers owned;

  @SuppressWarnings("NullAway.Init")
  @Inject
  IssuerTransfer transfer;

  @SuppressWarnings("NullAway.Init")
  @Inject
  Feed feed;

  @SuppressWarnings("NullAway.Init")
  @Inject
  Database database;

  @SuppressWarnings("NullAway.Init")
  @Inject
  Background background;

  private final FakeProvider provider = FakeProvider.started();
  private String acme;
  private UUID registration;

  @BeforeEach
  void aTenantWithAnIssuer() {
    acme = "acme-" + Long.toString(System.nanoTime(), 36);
    registration = tenants.register(acme);
    provider.publish(FakeProvider.newKey("kid"));
    post(as(acme), issuer("auth0", provider.issuer(), acme)).statusCode(201);
  }

  @AfterEach
  void asItWas() {
    IssuerCalls.removeAllOf(acme);
    provider.close();
  }

  @Test
  void issuersGoWithTheRegistrationThatOwnsThem() {
    assertThat(run(() -> owned.removeOwnedBy(List.of(UUID.randomUUID()), MOST))).isEmpty();
    assertThat(run(() -> owned.registrations())).contains(registration);

    removeAll();

    assertThat(told(provider.issuer())).isEmpty();
  }

  @Test
  void anExportCanBeImportedWithTheSameIds() {
    ExportedIssuer exported = exported();
    removeAll();

    assertThat(importAll(exported)).isZero();

    assertThat(exported()).isEqualTo(exported);
    assertThat(told(provider.issuer()).orElseThrow().ownerId()).contains(registration);
    IssuerCalls.until("auth0", acme, shown -> IssuerCalls.kids(shown).equals(List.of("kid")));
    assertThat(importAll(exported)).isEqualTo(1);
  }

  @Test
  void anImportSurvivesItsJson() {
    ExportedIssuer exported = exported();

    assertThat(FeedJson.read(FeedJson.write(exported), ExportedIssuer.class)).isEqualTo(exported);
  }

  @Test
  void anImportThatContradictsWhatIsThereIsRefused() {
    ExportedIssuer present = exported();

    assertConflict(copy(present, present.id(), "another"));
    assertConflict(copy(present, UUID.randomUUID(), present.name()));
    assertConflict(copy(present, UUID.randomUUID(), "same-audience"));
  }

  private void assertConflict(ExportedIssuer wanted) {
    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> importAll(wanted))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.IMPORT_CONFLICT))
        .withMessageContaining(wanted.id().toString());
  }

  private static ExportedIssuer copy(ExportedIssuer issuer, UUID id, String name) {
    return new ExportedIssuer(
        id,
        name,
        issuer.owner(),
        issuer.ownerId(),
        issuer.issuer(),
        issuer.audiences(),
        issuer.claimsNamespace(),
        issuer.maySpeakFor(),
        issuer.defaultScopes(),
        issuer.scopes(),
        issuer.createdAt());
  }

  private ExportedIssuer exported() {
    return run(() -> transfer.export(Optional.empty(), 1_000)).stream()
        .filter(issuer -> issuer.owner().value().equals(acme))
        .findFirst()
        .orElseThrow();
  }

  private void removeAll() {
    run(
        () ->
            owned
                .removeOwnedBy(List.of(registration), MOST)
                .map(gone -> gone.stream().map(OwnedObjects.Removal::change).toList())
                .call(drafts -> feed.append(drafts)));
  }

  /** How many were there already. */
  private int importAll(ExportedIssuer issuer) {
    return run(() -> transfer.importAll(List.of(issuer)).call(this::append)).unchanged();
  }

  private Uni<?> append(IssuerTransfer.Imported imported) {
    return imported.changes().isEmpty()
        ? Uni.createFrom().voidItem()
        : feed.append(imported.changes()).invoke(last -> imported.numbered(last.value()));
  }

  private <T> T run(Supplier<Uni<T>> work) {
    return background.run(() -> database.transaction(work)).await().atMost(IssuerCalls.PATIENCE);
  }
}
