package dev.gatehouse.gateway.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One thread checks signatures one after the other with the same objects. */
class SignaturesTest {

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("algorithmsAndProviders")
  void noSignatureSaysAnythingAboutTheNext(String name, SignatureProvider provider) {
    KeyPair[] pairs = pairs(name);
    Signatures signatures = new Signatures(provider);
    UnverifiedToken mine = TokenParser.parse(Scene.token(pairs[0], name, "acme").token());
    UnverifiedToken others = TokenParser.parse(Scene.token(pairs[1], name, "acme").token());

    for (int round = 0; round < 3; round++) {
      assertThat(signatures.holds(mine, pairs[0].getPublic())).isTrue();
      assertThat(signatures.holds(others, pairs[0].getPublic())).isFalse();
      assertThat(signatures.holds(others, pairs[1].getPublic())).isTrue();
      assertThat(signatures.holds(mine, pairs[1].getPublic())).isFalse();
      assertThat(signatures.holds(flipped(mine), pairs[0].getPublic())).isFalse();
      assertThat(signatures.holds(cutShort(mine), pairs[0].getPublic())).isFalse();
    }
    assertThat(signatures.holds(mine, pairs[0].getPublic())).isTrue();
  }

  static Stream<Arguments> algorithmsAndProviders() {
    return Stream.of(Algorithm.values())
        .flatMap(
            algorithm ->
                Stream.of(SignatureProvider.JDK, SignatureProvider.preferred())
                    .map(provider -> Arguments.of(algorithm.joseName(), provider)));
  }

  private static KeyPair[] pairs(String name) {
    return switch (name) {
      case "ES256" -> new KeyPair[] {TestKeys.P256, TestKeys.OTHER_P256};
      case "ES384" -> new KeyPair[] {TestKeys.P384, another("EC", "secp384r1")};
      case "ES512" -> new KeyPair[] {TestKeys.P521, another("EC", "secp521r1")};
      case "EdDSA" -> new KeyPair[] {TestKeys.ED25519, TestKeys.generate("Ed25519", null)};
      default -> new KeyPair[] {TestKeys.RSA, TestKeys.OTHER_RSA};
    };
  }

  private static KeyPair another(String type, String curve) {
    return TestKeys.generate(type, new ECGenParameterSpec(curve));
  }

  private static UnverifiedToken flipped(UnverifiedToken token) {
    byte[] signature = token.signature().clone();
    signature[signature.length / 2] ^= 1;
    return new UnverifiedToken(token.facts(), token.signingInput(), signature);
  }

  private static UnverifiedToken cutShort(UnverifiedToken token) {
    byte[] signature = Arrays.copyOf(token.signature(), token.signature().length - 1);
    return new UnverifiedToken(token.facts(), token.signingInput(), signature);
  }
}
