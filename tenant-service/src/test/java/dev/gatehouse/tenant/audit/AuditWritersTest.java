package dev.gatehouse.tenant.audit;

import static dev.gatehouse.common.testing.TestCalls.API_KEY;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.common.audit.Audit;
import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.feed.AuditHead;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.feed.FeedPage;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
class AuditWritersTest {

  TestDatabase database;
  @Inject Scribe scribe;
  @Inject Audit audit;

  @BeforeEach
  void nothingHasHappened() {
    untilReady();
    AuditTables.reset(database);
    database.execute("DELETE FROM watcher");
  }

  @Test
  void writersAtTheSameTimeMakeOneChain() {
    List<CompletableFuture<?>> writers =
        IntStream.range(0, 40)
            .<CompletableFuture<?>>mapToObj(
                i ->
                    later(
                        () -> {
                          if (i % 2 == 0) {
                            scribe.commit("acme");
                          } else {
                            scribe.record("acme", 2);
                          }
                          return i;
                        }))
            .toList();

    writers.forEach(CompletableFuture::join);

    asOperator()
        .get("/api/v1/audit/verify")
        .then()
        .body("intact", equalTo(true))
        .body("entries", equalTo(60));
  }

  @Test
  void whatIsRolledBackIsNotRecorded() {
    assertThatThrownBy(
            () ->
                scribe.transaction(
                    () ->
                        audit
                            .record(Scribe.caller("*", "operator"), entry())
                            .chain(() -> failing())))
        .hasMessageContaining("after the entry");

    assertThat(database.query("SELECT count(*) FROM audit")).isEqualTo("0");
  }

  @Test
  void theFeedCarriesTheHeadOfTheLog() {
    scribe.commit("acme");

    FeedPage page = page();

    AuditHead head = page.audit().orElseThrow();
    assertThat(head.sequence()).isEqualTo(1);
    assertThat(head.hash()).isEqualTo(database.query("SELECT hash FROM audit"));
    assertThat(head.isSealed(key(), "tenants")).isTrue();
  }

  @Test
  void theFeedSoonCarriesAHeadThatMovedWithoutAChange() {
    page();
    scribe.record("acme", 3);

    await().until(() -> page().audit().orElseThrow().sequence() == 3);
  }

  @Test
  void anEntryHasTheIdOfItsRequestAndNoSecretOfIt() {
    String gateway = UUID.randomUUID().toString();
    asOperator().get("/internal/v1/changes?wait=0s&watcher=" + gateway).then().statusCode(200);

    Response answer =
        asOperator()
            .header("Authorization", "Bearer eyJhbGciOiJSUzI1NiJ9.planted.secret")
            .header("Cookie", "session=planted-secret")
            .header(Caller.USERNAME_HEADER, "olga")
            .header(Caller.CLIENT_HEADER, "198.51.100.9")
            .header(Caller.ISSUER_HEADER, "00000000-0000-4000-8000-000000000001")
            .delete("/api/v1/gateways/" + gateway);

    answer.then().statusCode(200);
    asOperator()
        .get("/api/v1/audit")
        .then()
        .body("entries[0].requestId", equalTo(answer.header("X-Request-Id")))
        .body("entries[0].action", equalTo("gateway.remove"))
        .body("entries[0].resource", equalTo("/api/v1/gateways/" + gateway))
        .body("entries[0].actor.username", equalTo("olga"))
        .body("entries[0].actor.issuer", equalTo("00000000-0000-4000-8000-000000000001"))
        .body("entries[0].actor.means", equalTo("oidc"))
        .body("entries[0].client", equalTo("198.51.100.9"));
    assertThat(database.query("SELECT string_agg(a::text, ' ') FROM audit a"))
        .contains("olga")
        .doesNotContain("planted")
        .doesNotContain("eyJ")
        .doesNotContain(API_KEY);
  }

  private static AuditDraft entry() {
    return AuditDraft.created(Reach.EVERYTHING, "test.write", "/api/v1/tests", "x");
  }

  private static Uni<Void> failing() {
    return Uni.createFrom().failure(new IllegalStateException("after the entry was written"));
  }

  private static FeedPage page() {
    return FeedJson.read(
        asOperator().get("/internal/v1/changes?wait=0s&kind=test&watcher=test").asString(),
        FeedPage.class);
  }

  private static AuthApiKey key() {
    return new AuthApiKey(API_KEY, Optional.empty());
  }
}
