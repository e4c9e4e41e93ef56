package dev.gatehouse.common.apikey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthApiKeyTest {

  private static final String CURRENT = "current-0123456789-0123456789-012";
  private static final String PREVIOUS = "previous-0123456789-0123456789-01";

  private final AuthApiKey alone = new AuthApiKey(CURRENT, Optional.empty());
  private final AuthApiKey rotating = new AuthApiKey(CURRENT, Optional.of(PREVIOUS));

  @Test
  void theKeyIsAccepted() {
    assertThat(alone.accepts(CURRENT)).isTrue();
    assertThat(alone.toSend()).isEqualTo(CURRENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "current", CURRENT + "x", "Current-0123456789-0123456789-012", PREVIOUS})
  void anythingElseIsNot(String candidate) {
    assertThat(alone.accepts(candidate)).isFalse();
  }

  @Test
  void duringARotationBothAreAcceptedAndTheNewOneIsSent() {
    assertThat(rotating.accepts(CURRENT)).isTrue();
    assertThat(rotating.accepts(PREVIOUS)).isTrue();
    assertThat(rotating.toSend()).isEqualTo(CURRENT);
  }

  @Test
  void aKeyHasAtLeast32Characters() {
    assertThat(new AuthApiKey("a".repeat(32), Optional.empty()).accepts("a".repeat(32))).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> new AuthApiKey("a".repeat(31), Optional.empty()))
        .withMessage(
            "AUTH_API_KEY has 31 characters. Give all three services the same random value of at"
                + " least 32 characters.");
    assertThatIllegalStateException()
        .isThrownBy(() -> new AuthApiKey(CURRENT, Optional.of("short")))
        .withMessageStartingWith("AUTH_API_KEY_PREVIOUS has 5 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\n", "ä", "\u007f"})
  void aKeyIsPrintableAscii(String bad) {
    assertThatIllegalStateException()
        .isThrownBy(() -> new AuthApiKey(bad + CURRENT, Optional.empty()))
        .withMessageContaining("an HTTP header cannot carry")
        .matches(e -> !String.valueOf(e.getMessage()).contains(CURRENT));
  }

  @Test
  void derivedKeysDifferByPurposeAndSurviveARotation() {
    AuthApiKey before = new AuthApiKey(PREVIOUS, Optional.empty());

    assertThat(alone.derive("disk")).hasSize(32).isNotEqualTo(alone.derive("audit"));
    assertThat(rotating.derive("disk")).isEqualTo(alone.derive("disk"));
    assertThat(rotating.derivePrevious("disk")).isEqualTo(before.derive("disk"));
    assertThat(alone.derivePrevious("disk")).isEqualTo(alone.derive("disk"));
  }

  @Test
  void itIsNeverPrinted() {
    assertThat(rotating.toString()).doesNotContain(CURRENT).doesNotContain(PREVIOUS);
  }
}
