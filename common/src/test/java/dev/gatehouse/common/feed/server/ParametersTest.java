package dev.gatehouse.common.feed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.Invalid;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  @ParameterizedTest
  @CsvSource({
    "0s,0",
    "10s,10000",
    "500ms,500",
    "1m,60000",
    "60s,60000",
    "PT10S,10000",
    "pt1m,60000",
    "1.5s,1500",
  })
  void aWaitIsADuration(String text, long millis) {
    assertThat(Wait.parse(text).millis()).isEqualTo(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "ms", "61s", "60001ms", "-1s", "-1ms", "PT61S", "1h", "P1D", "ten"})
  void anythingElseIsNoWait(String text) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> Wait.parse(text))
        .withMessage("wait is a duration of at most 60 s, such as 10s or PT10S");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "*", "\"6\", \"7\"", " \"7\" "})
  void aMatchingETagLetsAWritePass(String ifMatch) {
    assertThatCode(() -> new Revision(7).requireMatch(ifMatch)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"6\"", "7", "W/\"7\"", "", "\"7"})
  void anotherETagRefusesIt(String ifMatch) {
    assertThatExceptionOfType(Conflict.class)
        .isThrownBy(() -> new Revision(7).requireMatch(ifMatch))
        .withMessage("The object has changed since: it is at revision 7");
  }

  @Test
  void withoutAnETagEveryStateWillDo() {
    assertThatCode(() -> new Revision(7).requireMatch(null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä"})
  void aWatcherHasAPlainId(String id) {
    assertThatExceptionOfType(Invalid.class).isThrownBy(() -> watcher(id, Duration.ofMinutes(15)));
  }

  @Test
  void aWatcherIdHasAtMost64Characters() {
    assertThat(watcher("a".repeat(64), Duration.ofMinutes(15)).id()).hasSize(64);
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> watcher("a".repeat(65), Duration.ofMinutes(15)))
        .withMessage("watcher has 1 to 64 characters of A-Z, a-z, 0-9, . _ -");
  }

  @Test
  void aContactLetsAWatcherServeForItsStalenessItsWaitAndTheSkew() {
    Contact limited = contact(watcher("w", Duration.ofMinutes(15)));
    Contact unlimited =
        contact(new Watcher("w", "gateway", "w", Optional.empty(), Optional.empty()));

    assertThat(limited.servesForMillis()).contains((15 * 60 + 25 + 30) * 1000L);
    assertThat(unlimited.servesForMillis()).isEmpty();
  }

  private static Watcher watcher(String id, Duration staleness) {
    return new Watcher(id, "gateway", "w", Optional.empty(), Optional.of(staleness));
  }

  private static Contact contact(Watcher watcher) {
    return new Contact(watcher, new java.util.UUID(1, 1), 0, Duration.ofSeconds(25));
  }
}
