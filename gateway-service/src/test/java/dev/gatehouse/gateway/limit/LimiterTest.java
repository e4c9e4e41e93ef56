package dev.gatehouse.gateway.limit;

import static dev.gatehouse.gateway.limit.Limiters.bodyBytes;
import static dev.gatehouse.gateway.limit.Limiters.bytesPerSecond;
import static dev.gatehouse.gateway.limit.Limiters.concurrentRequests;
import static dev.gatehouse.gateway.limit.Limiters.limits;
import static dev.gatehouse.gateway.limit.Limiters.openStreams;
import static dev.gatehouse.gateway.limit.Limiters.requestsPerSecond;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.trust.FakeTrustSource;
import dev.gatehouse.gateway.trust.Tenant;
import dev.gatehouse.gateway.trust.TrustBuilder;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LimiterTest {

  private final Clock clock = new Clock();
  private final FakeTrustSource trusted =
      new FakeTrustSource(TrustBuilder.trust().tenants("acme", "acme:pay", "other").build());
  private Limiter limiter = Limiters.of(trusted, TenantLimits.NONE, clock);

  @Test
  void withoutLimitsNothingIsCounted() {
    assertThat(admit("acme")).isSameAs(Ticket.NONE);
    assertThat(limiter.charged()).isEmpty();
  }

  @Test
  void aTenantWithoutLimitsBesideOneThatHasSomeIsNotCounted() {
    change(it -> it.limited("other", requestsPerSecond(1)));

    assertThat(admit("acme")).isSameAs(Ticket.NONE);
    assertThat(limiter.charged()).isEmpty();
  }

  @Test
  void aTenantIsRefusedWhenItsRequestsAreUsedUp() {
    change(it -> it.limited("acme", requestsPerSecond(3)));

    assertThat(admitted("acme")).isEqualTo(3);
    Excess excess = excess(admit("acme"));
    assertThat(excess.limit()).isEqualTo(LimitKind.REQUESTS_PER_SECOND);
    assertThat(excess.tenant()).isEqualTo(new TenantId("acme"));
    assertThat(excess.retryAfter()).isBetween(1, 2);
    assertThat(admit("other")).isSameAs(Ticket.NONE);
    clock.passMillis(334);
    assertThat(admitted("acme")).isEqualTo(1);
  }

  @Test
  void aChildCannotExceedItsParent() {
    change(it -> it.limited("acme", requestsPerSecond(3)));

    assertThat(admitted("acme:pay")).isEqualTo(3);
    assertThat(excess(admit("acme:pay")).tenant()).isEqualTo(new TenantId("acme"));
  }

  @Test
  void severalChildrenTogetherCannotExceedTheirParent() {
    change(
        it ->
            it.limited("acme", requestsPerSecond(10))
                .limited("acme:pay", requestsPerSecond(8))
                .limited("acme:shop", requestsPerSecond(8)));

    assertThat(admitted("acme:pay")).isEqualTo(8);
    assertThat(admitted("acme:shop")).isEqualTo(2);
    assertThat(admitted("acme")).isZero();
  }

  @Test
  void aChildKeepsToItsOwnLimitAndLeavesTheRestToItsParent() {
    change(
        it -> it.limited("acme", requestsPerSecond(10)).limited("acme:pay", requestsPerSecond(4)));

    assertThat(admitted("acme:pay")).isEqualTo(4);
    assertThat(admitted("acme")).isEqualTo(6);
  }

  @Test
  void whatOneOfThePathRefusesCostsTheOthersNothing() {
    change(
        it -> it.limited("acme", limits(1, 0, 5, 0, 0)).limited("acme:pay", limits(9, 0, 5, 0, 0)));
    release(admit("acme"));

    for (int i = 0; i < 50; i++) {
      assertThat(admit("acme:pay")).isInstanceOf(Excess.class);
    }

    change(it -> it.tenant(TrustBuilder.active("acme")));
    assertThat(admitted("acme:pay")).as("as many as may run at a time").isEqualTo(5);
  }

  @Test
  void aChangeOfLimitsGivesNoFreshBurst() {
    change(it -> it.limited("acme", requestsPerSecond(10)));
    admitted("acme");

    change(it -> it.limited("acme", requestsPerSecond(1_000)));
    assertThat(admitted("acme")).isZero();
    change(it -> it.limited("acme", requestsPerSecond(10)));
    assertThat(admitted("acme")).isZero();
    clock.passMillis(1_000);
    assertThat(admitted("acme")).isEqualTo(10);
  }

  @Test
  void aChangeOfAnotherTenantChangesNothing() {
    change(it -> it.limited("acme", requestsPerSecond(10)));
    admitted("acme");

    change(it -> it.tenants("newcomer"));

    assertThat(admitted("acme")).isZero();
  }

  @Test
  void aLimitThatIsTakenAwayIsGoneAtOnceAndForgottenInTime() {
    change(it -> it.limited("acme", requestsPerSecond(1)));
    release(admit("acme"));
    clock.passMillis(1_000);

    change(it -> it.tenant(TrustBuilder.active("acme")));

    assertThat(admit("acme")).isSameAs(Ticket.NONE);
    assertThat(limiter.charged()).isEmpty();
  }

  @Test
  void anotherRegistrationOfTheNameStartsAnew() {
    change(it -> it.limited("acme", requestsPerSecond(1)));
    admitted("acme");
    Tenant former = TrustBuilder.active("acme");
    UUID id = UUID.randomUUID();

    change(
        it ->
            it.withoutTenant(former.id())
                .tenant(
                    new Tenant(
                        id,
                        former.name(),
                        former.orgId(),
                        false,
                        former.tokensNotBefore(),
                        Optional.of(requestsPerSecond(1)))));

    assertThat(limiter.admit(id, false, -1)).isInstanceOf(Ticket.class);
    assertThat(limiter.admit(former.id(), false, -1)).isSameAs(Ticket.NONE);
  }

  @Test
  void concurrentRequestsAreFreeAgainWhenTheyEndAndOnlyOnce() {
    change(it -> it.limited("acme", concurrentRequests(2)));
    Ticket first = (Ticket) admit("acme");
    admit("acme");
    assertThat(excess(admit("acme")).limit()).isEqualTo(LimitKind.CONCURRENT_REQUESTS);

    first.release();
    first.release();
    first.release();

    assertThat(admit("acme")).isInstanceOf(Ticket.class);
    assertThat(admit("acme")).isInstanceOf(Excess.class);
  }

  @Test
  void streamsAndRequestsHavePlacesOfTheirOwn() {
    change(it -> it.limited("acme", limits(0, 0, 1, 1, 0)));
    admit("acme");

    assertThat(stream("acme")).isInstanceOf(Ticket.class);
    assertThat(excess(stream("acme")).limit()).isEqualTo(LimitKind.OPEN_STREAMS);
    assertThat(excess(admit("acme")).limit()).isEqualTo(LimitKind.CONCURRENT_REQUESTS);
  }

  @Test
  void streamsOfAChildCountForItsParent() {
    change(it -> it.limited("acme", openStreams(1)));
    Ticket child = (Ticket) stream("acme:pay");

    assertThat(stream("acme")).isInstanceOf(Excess.class);
    child.release();
    assertThat(stream("acme")).isInstanceOf(Ticket.class);
  }

  @Test
  void theSmallestLimitOfABodyOnThePathCounts() {
    change(it -> it.limited("acme", bodyBytes(10)).limited("acme:pay", bodyBytes(100)));

    assertThat(limiter.admit(id("acme:pay"), false, 10)).isInstanceOf(Ticket.class);
    Excess excess = excess(limiter.admit(id("acme:pay"), false, 11));
    assertThat(excess.limit()).isEqualTo(LimitKind.BODY_BYTES);
    assertThat(excess.tenant()).isEqualTo(new TenantId("acme"));
  }

  @Test
  void aBodyThatDoesNotTellItsLengthIsCounted() {
    change(it -> it.limited("acme", bodyBytes(10)));
    Ticket ticket = (Ticket) admit("acme");

    assertThat(ticket.received(4)).isTrue();
    assertThat(ticket.received(6)).isTrue();
    assertThat(ticket.received(1)).isFalse();
  }

  @Test
  void whatComesThroughAStreamIsNoBody() {
    change(it -> it.limited("acme", bodyBytes(10)));

    assertThat(((Ticket) stream("acme")).received(11)).isTrue();
  }

  @Test
  void aBodyOverTheBytesPerSecondIsTakenAndLaterRequestsWait() {
    change(it -> it.limited("acme", bytesPerSecond(1_000)));
    Ticket ticket = (Ticket) limiter.admit(id("acme"), false, 4_000);
    for (int i = 0; i < 4; i++) {
      assertThat(ticket.received(1_000)).isTrue();
    }

    assertThat(excess(admit("acme")).limit()).isEqualTo(LimitKind.BYTES_PER_SECOND);
    assertThat(excess(admit("acme")).retryAfter()).isBetween(3, 5);
    clock.passMillis(3_000);
    assertThat(admit("acme")).isInstanceOf(Ticket.class);
  }

  @Test
  void bytesOfAChildAreOwedByItsParentToo() {
    change(it -> it.limited("acme", bytesPerSecond(1_000)));
    ((Ticket) admit("acme:pay")).received(1_500);

    assertThat(admit("acme")).isInstanceOf(Excess.class);
  }

  @Test
  void defaultsCountForWhoHasNoLimitsAndNumberByNumber() {
    limiter = Limiters.of(trusted, limits(5, 0, 0, 0, 100), clock);
    change(it -> it.limited("acme", bodyBytes(200)).limited("acme:pay", requestsPerSecond(2)));

    assertThat(admitted("other")).isEqualTo(5);
    assertThat(admitted("acme:pay")).isEqualTo(2);
    assertThat(admitted("acme")).isEqualTo(3);
    assertThat(limiter.admit(id("acme"), false, 201)).isInstanceOf(Excess.class);
    clock.passMillis(1_000);
    assertThat(limiter.admit(id("acme"), false, 200)).isInstanceOf(Ticket.class);
    assertThat(excess(limiter.admit(id("other"), false, 101)).limit())
        .isEqualTo(LimitKind.BODY_BYTES);
  }

  @Test
  void defaultsCountForTheDefaultTenant() {
    limiter = Limiters.of(trusted, requestsPerSecond(2), clock);

    assertThat(limiter.admit(Tenant.DEFAULT.id(), false, -1)).isInstanceOf(Ticket.class);
    assertThat(limiter.admit(Tenant.DEFAULT.id(), false, -1)).isInstanceOf(Ticket.class);
    assertThat(limiter.admit(Tenant.DEFAULT.id(), false, -1)).isInstanceOf(Excess.class);
  }

  private void change(UnaryOperator<TrustBuilder> change) {
    trusted.set(change.apply(TrustBuilder.from(trusted.current())).build());
  }

  private Admittance admit(String tenant) {
    return limiter.admit(id(tenant), false, -1);
  }

  private Admittance stream(String tenant) {
    return limiter.admit(id(tenant), true, -1);
  }

  /** How many get in, one after the other. */
  private int admitted(String tenant) {
    int admitted = 0;
    while (admitted < 100_000 && admit(tenant) instanceof Ticket) {
      admitted++;
    }
    return admitted;
  }

  private static void release(Admittance admittance) {
    ((Ticket) admittance).release();
  }

  private static Excess excess(Admittance admittance) {
    assertThat(admittance).isInstanceOf(Excess.class);
    return (Excess) admittance;
  }

  private static UUID id(String tenant) {
    return TrustBuilder.idOf(tenant);
  }
}
