package dev.gatehouse.tenant.quota;

import static dev.gatehouse.common.testing.TestCalls.later;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.LimitExceeded;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.quota.Kind;
import dev.gatehouse.common.quota.Quotas;
import dev.gatehouse.common.testing.PostgresResource;
import dev.gatehouse.common.testing.TestDatabase;
import dev.gatehouse.tenant.audit.Scribe;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Things of a table of the test's own are counted as if they were issuers: at most 20. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class QuotasTest {

  private static final int ISSUERS = 20;

  TestDatabase database;
  @Inject Scribe scribe;
  @Inject Quotas quotas;

  @BeforeEach
  void thereIsATable() {
    untilReady();
    database.execute(
        "CREATE TABLE IF NOT EXISTS thing (owner text NOT NULL); TRUNCATE thing; GRANT ALL ON thing TO PUBLIC");
  }

  @Test
  void theLastPlaceIsGivenAndNoMore() {
    fill("acme", ISSUERS - 1);

    add(Scribe.caller("acme", "alice"), "acme");

    assertThatThrownBy(() -> add(Scribe.caller("acme", "alice"), "acme"))
        .isInstanceOfSatisfying(
            Forbidden.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED))
        .hasMessage("acme and the tenants nested in it may have 20 issuers");
  }

  @Test
  void allThatIsNestedCountsTogether() {
    fill("acme:pay", ISSUERS);

    assertThatThrownBy(() -> add(Scribe.caller("acme:hr", "alice"), "acme:hr"))
        .isInstanceOf(Forbidden.class);
    assertThatCode(() -> add(Scribe.caller("other", "bob"), "other")).doesNotThrowAnyException();
  }

  @Test
  void operatorsAreNotBound() {
    fill("acme", ISSUERS);

    assertThatCode(() -> add(Scribe.caller("*", "operator"), "acme")).doesNotThrowAnyException();
  }

  @Test
  void severalAtOnceFitOrDoNot() {
    fill("acme", ISSUERS - 3);
    Caller alice = Scribe.caller("acme", "alice");

    assertThatThrownBy(() -> scribe.transaction(() -> room(alice, "acme", 4)))
        .isInstanceOf(Forbidden.class);
    assertThatCode(() -> scribe.transaction(() -> room(alice, "acme", 3)))
        .doesNotThrowAnyException();
  }

  @Test
  void ofTwentyWhoWantTheLastPlaceOneGetsIt() {
    fill("acme", ISSUERS - 1);

    List<CompletableFuture<Boolean>> racing =
        IntStream.range(0, 20).mapToObj(i -> later(() -> tryToAdd(i))).toList();

    assertThat(racing).extracting(CompletableFuture::join).containsOnlyOnce(true);
    assertThat(database.query("SELECT count(*) FROM thing")).isEqualTo("20");
  }

  @Test
  void aTenantThatWritesTooOftenWaits() {
    String tenant = "t" + UUID.randomUUID().toString().substring(0, 8);
    for (int i = 0; i < 600; i++) {
      quotas.requireWriteRate(Scribe.caller(i % 2 == 0 ? tenant : tenant + ":pay", "alice"));
    }

    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 100; i++) {
                quotas.requireWriteRate(Scribe.caller(tenant + ":hr", "alice"));
              }
            })
        .isInstanceOfSatisfying(
            LimitExceeded.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED));
    assertThatCode(() -> quotas.requireWriteRate(Scribe.caller("other", "bob")))
        .doesNotThrowAnyException();
  }

  @Test
  void operatorsMayWriteAsOftenAsTheyLike() {
    for (int i = 0; i < 2_000; i++) {
      quotas.requireWriteRate(Scribe.caller("*", "operator"));
    }
  }

  private boolean tryToAdd(int number) {
    try {
      add(Scribe.caller(number % 2 == 0 ? "acme" : "acme:pay", "alice"), "acme:pay");
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }

  private void add(Caller caller, String owner) {
    scribe.transaction(
        () ->
            room(caller, owner, 1)
                .chain(
                    () ->
                        Panache.getSession()
                            .flatMap(
                                session ->
                                    session
                                        .createNativeQuery(
                                            "INSERT INTO thing (owner) VALUES (:owner)")
                                        .setParameter("owner", owner)
                                        .executeUpdate())));
  }

  private Uni<Void> room(Caller caller, String owner, int adding) {
    return quotas.requireRoom(caller, Reach.parse(owner), Kind.ISSUERS, adding, QuotasTest::count);
  }

  private static Uni<Long> count(TenantId top) {
    return Panache.getSession()
        .flatMap(
            session ->
                session
                    .createNativeQuery(
                        "SELECT count(*) FROM thing WHERE owner = :top OR owner LIKE :below",
                        Long.class)
                    .setParameter("top", top.value())
                    .setParameter("below", top.value() + ":%")
                    .getSingleResult());
  }

  private void fill(String owner, int count) {
    database.execute(
        "INSERT INTO thing (owner) SELECT '" + owner + "' FROM generate_series(1, " + count + ")");
  }
}
