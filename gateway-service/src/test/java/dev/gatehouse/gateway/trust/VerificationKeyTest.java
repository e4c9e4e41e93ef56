package dev.gatehouse.gateway.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationKeyTest {

  @ParameterizedTest
  @MethodSource("keys")
  void everyTypeOfKeyIsParsedOnce(PublicKey key) {
    VerificationKey verification = VerificationKey.of(base64(key.getEncoded()), Optional.empty());

    assertThat(verification.publicKey()).isEqualTo(key);
    assertThat(verification.publicKey()).isSameAs(verification.publicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MA==", "MAA=", "MIIBIg==", "MAcwBQYDK2Vx", "!"})
  void whatIsNoKeyIsRefused(String spki) {
    assertThatThrownBy(() -> VerificationKey.of(spki, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKeyThatIsCutShortIsRefused() {
    byte[] spki = TestKeys.rsa().getEncoded();

    for (int length = 0; length < 40; length++) {
      String part = base64(Arrays.copyOf(spki, length));
      try {
        VerificationKey key = VerificationKey.of(part, Optional.empty());
        assertThatThrownBy(key::publicKey).isInstanceOf(IllegalArgumentException.class);
      } catch (IllegalArgumentException expected) {
        assertThat(expected).hasMessageNotContaining(part.isEmpty() ? "\0" : part);
      }
    }
  }

  private static Stream<PublicKey> keys() {
    return Stream.of(TestKeys.rsa(), TestKeys.ec(), TestKeys.ed25519());
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
