package dev.gatehouse.gateway.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.TenantId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** That as many tenants as there may be make no more series than an operator has allowed. */
class ManyTenantsTest {

  private static final int TENANTS = 50_000;
  private static final int BOUND = 1_000;
  private static final List<String> APIS = List.of("cortex", "loki");
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.answered(200),
          Outcome.answered(404),
          Outcome.answered(502),
          Outcome.ABORTED,
          Outcome.refused(ErrorCode.LIMIT_EXCEEDED));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Meters meters = new Meters(registry, BOUND);

  @Test
  void fiftyThousandTenantsHaveNoMoreSeriesThanTheBoundAllowsAndNoneIsLost() {
    for (int i = 0; i < TENANTS; i++) {
      serve("tenant-" + i);
    }

    List<Counter> requests = counters("gatehouse.tenant.requests");
    List<Counter> bytes = counters("gatehouse.tenant.bytes");
    assertThat(requests).hasSize((BOUND + 1) * APIS.size() * OUTCOMES.size());
    assertThat(bytes).hasSize((BOUND + 1) * APIS.size() * 2);
    assertThat(tenants(requests)).hasSize(BOUND + 1).contains("tenant-0", "_other");
    assertThat(tenants(bytes)).isEqualTo(tenants(requests));
    assertThat(sum(requests)).isEqualTo((double) TENANTS * APIS.size() * OUTCOMES.size());
    assertThat(sum(bytes)).isEqualTo((double) TENANTS * APIS.size() * OUTCOMES.size() * 5);
  }

  @Test
  void whatIsCountedByApiDoesNotDependOnTenantsAtAll() {
    serve("tenant-0");
    int before = registry.find("gatehouse.requests").timers().size();

    IntStream.range(1, 5_000).forEach(i -> serve("tenant-" + i));

    assertThat(registry.find("gatehouse.requests").timers()).hasSize(before);
  }

  @Test
  void aTenantThatIsReallyCalledOtherIsNotMistakenForTheRest() {
    serve("other");
    IntStream.range(0, BOUND + 10).forEach(i -> serve("tenant-" + i));

    assertThat(sum(counters("gatehouse.tenant.requests", "tenant", "other")))
        .isEqualTo(APIS.size() * OUTCOMES.size());
    assertThat(sum(counters("gatehouse.tenant.requests", "tenant", "_other")))
        .isEqualTo(11.0 * APIS.size() * OUTCOMES.size());
  }

  @Test
  void theSeriesOfTheRestCannotBeATenants() {
    assertThatThrownBy(() -> new TenantId("_other")).isInstanceOf(Invalid.class);
  }

  private void serve(String tenant) {
    TenantId id = new TenantId(tenant);
    for (String api : APIS) {
      for (Outcome outcome : OUTCOMES) {
        meters.started();
        meters.finished(api, null, outcome, 1_000);
        meters.tenant(id, api).count(outcome, 2, 3);
      }
    }
  }

  private List<Counter> counters(String name, String... tags) {
    return List.copyOf(registry.find(name).tags(tags).counters());
  }

  private static double sum(List<Counter> counters) {
    return counters.stream().mapToDouble(Counter::count).sum();
  }

  private static Set<String> tenants(List<Counter> counters) {
    return counters.stream()
        .map(counter -> String.valueOf(counter.getId().getTag("tenant")))
        .collect(Collectors.toSet());
  }
}
