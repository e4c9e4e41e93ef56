package dev.gatehouse.tenant.idempotency;

import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.tenant.ImpatientPostgres;
import dev.gatehouse.tenant.audit.Scribe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(ImpatientPostgres.class)
class IdempotencyTest {

  private static final String ROUTE = "POST /api/v1/tenants";
  private static final Caller ALICE = Scribe.caller("acme", "alice");

  TestDatabase database;
  @Inject Scribe scribe;
  @Inject Idempotency idempotency;

  private final String key = UUID.randomUUID().toString();
  private final AtomicInteger done = new AtomicInteger();

  @BeforeEach
  void theServiceIsThere() {
    untilReady();
  }

  @Test
  void aRepetitionIsAnsweredAsTheFirstTime() {
    Answer first = once(key, "body");
    Answer second = once(key, "body");

    assertThat(second).isEqualTo(first).isEqualTo(new Answer("done", 1));
    assertThat(done).hasValue(1);
  }

  @Test
  void withoutAKeyTheWorkIsDoneEachTime() {
    once(null, "body");
    once(null, "body");

    assertThat(done).hasValue(2);
  }

  @Test
  void aKeyIsForOneBody() {
    once(key, "body");

    assertThatThrownBy(() -> once(key, "another body"))
        .isInstanceOfSatisfying(
            Conflict.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
    assertThat(done).hasValue(1);
  }

  @Test
  void aKeyIsForOneCallerAndOneRoute() {
    once(ALICE, ROUTE, key, "body", this::work);
    once(Scribe.caller("acme", "bob"), ROUTE, key, "body", this::work);
    once(Scribe.caller("acme:pay", "alice"), ROUTE, key, "body", this::work);
    once(ALICE, "POST /api/v1/keys", key, "body", this::work);

    assertThat(done).hasValue(4);
  }

  @Test
  void workThatFailedHasUsedUpNothing() {
    assertThatThrownBy(
            () ->
                once(
                    ALICE,
                    ROUTE,
                    key,
                    "body",
                    () ->
                        Uni.createFrom()
                            .failure(new Conflict(ErrorCode.TENANT_EXISTS, "It exists"))))
        .isInstanceOf(Refusal.class);

    assertThat(once(key, "another body")).isEqualTo(new Answer("done", 1));
  }

  @Test
  void ofTwentyAtTheSameTimeOneDoesTheWork() {
    List<CompletableFuture<Answer>> racing =
        IntStream.range(0, 20).mapToObj(i -> later(() -> once(key, "body"))).toList();

    assertThat(racing).extracting(CompletableFuture::join).containsOnly(new Answer("done", 1));
    assertThat(done).hasValue(1);
  }

  @Test
  void afterADayAKeyIsNew() {
    once(key, "body");
    database.execute("UPDATE idempotency SET created_at = created_at - interval '24 hours'");

    assertThat(once(key, "another body")).isEqualTo(new Answer("done", 2));
  }

  @Test
  void oldAnswersAreSwept() {
    once(key, "body");
    once(UUID.randomUUID().toString(), "body");
    database.execute("UPDATE idempotency SET created_at = created_at - interval '25 hours'");
    once(UUID.randomUUID().toString(), "body");

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> database.query("SELECT count(*) FROM idempotency").equals("1"));
  }

  @Test
  void neitherTheKeyNorTheBodyIsStored() {
    once("planted-key", "planted-body");

    assertThat(database.query("SELECT string_agg(i::text, ' ') FROM idempotency i"))
        .doesNotContain("planted");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "line\nfeed", "ümlaut", "\u007f"})
  void aKeyIsPrintable(String wrong) {
    assertThatThrownBy(() -> once(wrong, "body"))
        .isInstanceOfSatisfying(
            Invalid.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.HEADER_REFUSED));
  }

  @Test
  void aKeyHasAtMost255Characters() {
    assertThat(once("k".repeat(255), "body").word()).isEqualTo("done");
    assertThatThrownBy(() -> once("k".repeat(256), "body"))
        .hasMessage("Idempotency-Key has 1 to 255 printable ASCII characters");
  }

  private Answer once(@Nullable String withKey, String body) {
    return once(ALICE, ROUTE, withKey, body, this::work);
  }

  private Answer once(
      Caller caller,
      String route,
      @Nullable String withKey,
      String body,
      Supplier<Uni<Answer>> work) {
    return scribe.transaction(
        () -> idempotency.once(caller, route, withKey, body, Answer.class, work));
  }

  private Uni<Answer> work() {
    return Uni.createFrom().item(() -> new Answer("done", done.incrementAndGet()));
  }

  record Answer(String word, int number) {}
}
