package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.gateway.trust.TrustDates.Owner;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TrustDatesTest {

  private final TestTime clock = new TestTime();
  private final Instant soon = clock.now().plus(Duration.ofDays(1));
  private final Instant later = clock.now().plus(Duration.ofDays(2));
  private Trust trust = Trust.EMPTY;
  private final TrustDates operators = new TrustDates(() -> trust, clock::now, Owner.OPERATOR);
  private final TrustDates tenants = new TrustDates(() -> trust, clock::now, Owner.TENANTS);

  @Test
  void withoutKeysAndIssuersThereIsNoDate() {
    assertThat(tenants.nextExpiry()).isEmpty();
    assertThat(tenants.oldestKeys()).isEmpty();
    assertThat(tenants.withoutKeys()).isZero();
  }

  @Test
  void theEarliestExpiryCountsAndKeysThatNeverExpireDoNot() {
    trust =
        TrustBuilder.trust()
            .anchor(TestKeys.ec(), "acme", key -> key.expiresAt(later))
            .anchor(TestKeys.ed25519(), "acme", key -> key.expiresAt(soon))
            .anchor(TestKeys.rsa(), "acme")
            .build();

    assertThat(tenants.nextExpiry()).contains(soon);
    assertThat(operators.nextExpiry()).isEmpty();
  }

  @Test
  void whatHasExpiredGivesWayToTheNext() {
    trust =
        TrustBuilder.trust()
            .anchor(TestKeys.ec(), "*", key -> key.expiresAt(soon))
            .anchor(TestKeys.ed25519(), "*", key -> key.expiresAt(later))
            .build();
    assertThat(operators.nextExpiry()).contains(soon);

    clock.setWall(soon);
    assertThat(operators.nextExpiry()).contains(later);

    clock.setWall(later);
    assertThat(operators.nextExpiry()).isEmpty();
    assertThat(tenants.nextExpiry()).isEmpty();
  }

  @Test
  void aChangeIsSeen() {
    trust = TrustBuilder.trust().anchor(TestKeys.ec(), "acme", key -> key.expiresAt(later)).build();
    assertThat(tenants.nextExpiry()).contains(later);

    trust = TrustBuilder.from(trust).anchor(TestKeys.rsa(), "acme", k -> k.expiresAt(soon)).build();

    assertThat(tenants.nextExpiry()).contains(soon);
  }

  @Test
  void theIssuerCountsThatWasOutOfReachTheLongest() {
    trust =
        TrustBuilder.trust()
            .issuer("https://a.example", issuer -> issuer.keysAsOf(later).key("a", TestKeys.ec()))
            .issuer("https://b.example", issuer -> issuer.keysAsOf(soon).key("b", TestKeys.ec()))
            .build();

    assertThat(operators.oldestKeys()).contains(soon);
    assertThat(operators.withoutKeys()).isZero();
    assertThat(tenants.oldestKeys()).isEmpty();
  }

  @Test
  void anIssuerWhoseKeysWereNeverFetchedIsCountedWithoutADate() {
    trust =
        TrustBuilder.trust()
            .issuer("https://a.example", issuer -> issuer.keysNeverFetched().maySpeakFor("acme"))
            .build();

    assertThat(tenants.oldestKeys()).isEmpty();
    assertThat(tenants.withoutKeys()).isOne();
    assertThat(operators.withoutKeys()).isZero();
  }
}
