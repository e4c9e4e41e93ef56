package dev.gatehouse.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.authentication.Identity;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalQueueTest {

  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final RefusalQueue queue = new RefusalQueue(0);

  @Test
  void sixtyAMinuteAreTakenFromOneTenant() {
    assertThat(taken("acme", 100, 0)).isEqualTo(RefusalQueue.MAX_PER_MINUTE);
    assertThat(taken("acme", 1, MINUTE - 1)).isZero();
  }

  @Test
  void inTheNextMinuteTheyAreTakenAgain() {
    taken("acme", 100, 0);

    assertThat(taken("acme", 1, MINUTE)).isOne();
  }

  @Test
  void oneTenantDoesNotTakeAnothersPlace() {
    taken("acme", 100, 0);

    assertThat(taken("other", 1, 0)).isOne();
  }

  @Test
  void aThousandWaitAtMost() {
    for (int i = 0; i < 100; i++) {
      taken("tenant" + i, RefusalQueue.MAX_PER_MINUTE, 0);
    }

    assertThat(queue.oldest(10_000)).hasSize(RefusalQueue.MAX_WAITING);
  }

  @Test
  void whatWasToldMakesRoomAndTheOthersStayInOrder() {
    taken("acme", 2, 0);
    taken("other", 1, 0);

    queue.told(2);

    assertThat(queue.oldest(10)).extracting(RefusedCall::tenant).containsExactly("other");
    assertThat(queue.isEmpty()).isFalse();
  }

  private long taken(String tenant, int count, long now) {
    return Stream.generate(() -> call(tenant))
        .limit(count)
        .filter(call -> queue.add(call, now))
        .count();
  }

  private static RefusedCall call(String tenant) {
    return new RefusedCall(
        tenant,
        Identity.anonymous(),
        "GET",
        "/api/v1/tenants",
        ErrorCode.NOT_ALLOWED,
        "127.0.0.1",
        "id");
  }
}
