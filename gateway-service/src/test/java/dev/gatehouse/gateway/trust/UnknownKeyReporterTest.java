package dev.gatehouse.gateway.trust;

import static dev.gatehouse.gateway.trust.UnknownKeys.Verdict.PENDING;
import static dev.gatehouse.gateway.trust.UnknownKeys.Verdict.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UnknownKeyReporterTest {

  private static final String ONE = "https://one.example/";
  private static final String TWO = "https://two.example/";

  private final FakeTrustSource trust =
      new FakeTrustSource(TrustBuilder.trust().issuer(ONE, it -> it).issuer(TWO, it -> it).build());
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> sent = new ArrayList<>();
  private final List<Promise<Long>> answers = new ArrayList<>();
  private final UnknownKeyReporter reporter =
      new UnknownKeyReporter(
          trust,
          (issuer, kid) -> {
            sent.add(kid);
            Promise<Long> answer = Promise.promise();
            answers.add(answer);
            return answer.future();
          },
          nanos::get);

  @Test
  void aKeyIsPendingUntilTheRevisionOfTheAnswerIsServed() {
    assertThat(report(ONE, "k1")).isEqualTo(PENDING);
    answers.get(0).complete(7L);

    trust.keysRevision(6);
    assertThat(report(ONE, "k1")).isEqualTo(PENDING);
    trust.keysRevision(7);
    assertThat(report(ONE, "k1")).isEqualTo(UNKNOWN);
    assertThat(sent).containsExactly("k1");
  }

  @Test
  void oneReportPerIssuerIsUnderWay() {
    report(ONE, "k1");
    report(ONE, "k1");
    report(ONE, "k2");
    report(TWO, "k3");

    assertThat(sent).containsExactly("k1", "k3");
  }

  @Test
  void theNextReportOfAnIssuerComesAfterAPauseOnly() {
    report(ONE, "k1");
    answers.get(0).complete(1L);

    assertThat(report(ONE, "k2")).isEqualTo(PENDING);
    assertThat(sent).containsExactly("k1");

    pass(UnknownKeyReporter.PAUSE);
    report(ONE, "k2");
    assertThat(sent).containsExactly("k1", "k2");
  }

  @Test
  void aReportThatFailedLeavesTheKeyPendingAndIsRepeated() {
    report(ONE, "k1");
    answers.get(0).fail("gone");

    assertThat(report(ONE, "k1")).isEqualTo(PENDING);
    pass(UnknownKeyReporter.PAUSE);
    assertThat(report(ONE, "k1")).isEqualTo(PENDING);
    assertThat(sent).containsExactly("k1", "k1");
  }

  @Test
  void whatWasUnknownIsAskedForAgainAfterAWhile() {
    report(ONE, "k1");
    answers.get(0).complete(0L);
    assertThat(report(ONE, "k1")).isEqualTo(UNKNOWN);

    pass(UnknownKeyReporter.REMEMBERED);

    assertThat(report(ONE, "k1")).isEqualTo(PENDING);
    assertThat(sent).hasSize(2);
  }

  @Test
  void aKeyThatCameJustNowIsNotCalledUnknown() {
    Issuer before = trust.current().issuers().byUrl(ONE).get(0);
    report(ONE, "k1");
    answers.get(0).complete(0L);
    trust.set(
        TrustBuilder.from(trust.current())
            .issuer(ONE, it -> it.key("k1", TestKeys.ed25519()))
            .build());

    assertThat(reporter.report(before, "k1")).isEqualTo(PENDING);
  }

  @Test
  void anAbsurdlyLongKeyIdIsUnknownWithoutAsking() {
    assertThat(report(ONE, "k".repeat(1_025))).isEqualTo(UNKNOWN);
    assertThat(sent).isEmpty();
  }

  private UnknownKeys.Verdict report(String url, String kid) {
    return reporter.report(trust.current().issuers().byUrl(url).get(0), kid);
  }

  private void pass(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}
