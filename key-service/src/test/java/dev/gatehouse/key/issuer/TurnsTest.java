package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.name.Reach;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

  private final Turns turns = new Turns();

  @Test
  void oneTenantHasFourTurnsWithThoseNestedInIt() {
    assertThat(take("acme", false, 3)).hasSize(3);
    assertThat(take("acme:pay", false, 2)).hasSize(1);
    assertThat(take("acme2", false, 1)).hasSize(1);
  }

  @Test
  void aTurnThatIsGivenBackCanBeTakenAgain() {
    List<Runnable> taken = take("acme", false, 4);
    assertThat(take("acme", false, 1)).isEmpty();

    taken.get(0).run();

    assertThat(take("acme", false, 2)).hasSize(1);
  }

  @Test
  void whatFailsDelaysOnlyItsLike() {
    assertThat(takeOfMany(true, 100)).isEqualTo(Turns.MOST_FAILING);

    assertThat(take("last", true, 1)).isEmpty();
    assertThat(takeOfMany(false, 100)).isEqualTo(Turns.MOST);
  }

  @Test
  void theOperatorsIssuersNeverWait() {
    takeOfMany(true, 100);
    takeOfMany(false, 100);

    assertThat(take("*", false, 50)).hasSize(50);
    assertThat(take("*", true, 50)).hasSize(50);
  }

  private int takeOfMany(boolean failing, int tenants) {
    int taken = 0;
    for (int i = 0; i < tenants; i++) {
      taken += take("tenant" + i, failing, 1).size();
    }
    return taken;
  }

  private List<Runnable> take(String owner, boolean failing, int wanted) {
    List<Runnable> taken = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      turns
          .take(new Provider("https://idp.example/", Reach.parse(owner), failing))
          .ifPresent(taken::add);
    }
    return taken;
  }
}
