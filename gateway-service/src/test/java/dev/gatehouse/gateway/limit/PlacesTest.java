package dev.gatehouse.gateway.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacesTest {

  private final Places places = new Places();

  @Test
  void asManyAsAreAllowedAreTaken() {
    places.allow(2);

    assertThat(places.take()).isTrue();
    assertThat(places.take()).isTrue();
    assertThat(places.take()).isFalse();
    places.giveBack();
    assertThat(places.take()).isTrue();
  }

  @Test
  void thoseThatAreUnderWayCountWhenALimitComes() {
    places.take();
    places.take();

    places.allow(1);

    assertThat(places.take()).isFalse();
    places.giveBack();
    assertThat(places.take()).isFalse();
    places.giveBack();
    assertThat(places.take()).isTrue();
  }

  @Test
  void aFractionOfAPlaceIsNone() {
    places.allow(1.9);

    assertThat(places.take()).isTrue();
    assertThat(places.take()).isFalse();
  }

  @Test
  void askedIsTheMostAtATimeAndThoseThatWereRefused() {
    places.allow(3);
    places.take();
    places.take();
    places.take();
    places.take();
    places.giveBack();
    places.giveBack();

    assertThat(places.asked(1)).isEqualTo(4);
    assertThat(places.asked(1)).isEqualTo(1);
    places.giveBack();
    assertThat(places.isIdle()).isTrue();
  }
}
