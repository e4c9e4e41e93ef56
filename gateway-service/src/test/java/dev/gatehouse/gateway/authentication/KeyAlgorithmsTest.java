package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.gateway.authentication.Algorithm.EDDSA;
import static dev.gatehouse.gateway.authentication.Algorithm.ES256;
import static dev.gatehouse.gateway.authentication.Algorithm.ES384;
import static dev.gatehouse.gateway.authentication.Algorithm.ES512;
import static dev.gatehouse.gateway.authentication.Algorithm.PS256;
import static dev.gatehouse.gateway.authentication.Algorithm.PS384;
import static dev.gatehouse.gateway.authentication.Algorithm.PS512;
import static dev.gatehouse.gateway.authentication.Algorithm.RS256;
import static dev.gatehouse.gateway.authentication.Algorithm.RS384;
import static dev.gatehouse.gateway.authentication.Algorithm.RS512;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyAlgorithmsTest {

  @Test
  void aKeyIsGoodForTheAlgorithmsOfItsKind() {
    assertThat(of(TestKeys.RSA)).containsExactly(RS256, RS384, RS512, PS256, PS384, PS512);
    assertThat(of(TestKeys.P256)).containsExactly(ES256);
    assertThat(of(TestKeys.P384)).containsExactly(ES384);
    assertThat(of(TestKeys.P521)).containsExactly(ES512);
    assertThat(of(TestKeys.ED25519)).containsExactly(EDDSA);
  }

  @Test
  void aKeyIsGoodForTheOneAlgorithmThatItsJwkNames() {
    PublicKey rsa = TestKeys.RSA.getPublic();

    assertThat(KeyAlgorithms.of(rsa, Optional.of("PS256"))).containsExactly(PS256);
    assertThat(KeyAlgorithms.of(rsa, Optional.of("RSA-OAEP"))).isEmpty();
    assertThat(KeyAlgorithms.of(rsa, Optional.of("ES256"))).isEmpty();
    assertThat(KeyAlgorithms.of(rsa, Optional.of("HS256"))).isEmpty();
  }

  @Test
  void rsaKeysAreOf2048To8192BitsAndOfTheUsualExponent() throws Exception {
    assertThat(of(TestKeys.rsa(1024, 65537))).isEmpty();
    assertThat(of(TestKeys.rsa(2048, 3))).isEmpty();
    assertThat(KeyAlgorithms.of(rsaOf(2047), Optional.empty())).isEmpty();
    assertThat(KeyAlgorithms.of(rsaOf(2048), Optional.empty())).isNotEmpty();
    assertThat(KeyAlgorithms.of(rsaOf(8192), Optional.empty())).isNotEmpty();
    assertThat(KeyAlgorithms.of(rsaOf(8193), Optional.empty())).isEmpty();
  }

  @Test
  void otherKindsOfKeysAreGoodForNothing() {
    assertThat(of(TestKeys.generate("Ed448", null))).isEmpty();
    assertThat(of(TestKeys.generate("X25519", null))).isEmpty();
    assertThat(of(TestKeys.generate("DSA", null))).isEmpty();
    assertThat(of(TestKeys.generate("RSASSA-PSS", null))).isEmpty();
  }

  @Test
  void aPointBesideItsCurveIsGoodForNothing() {
    ECPublicKey good = (ECPublicKey) TestKeys.P256.getPublic();
    ECPoint beside = new ECPoint(good.getW().getAffineX(), BigInteger.TWO);

    assertThat(KeyAlgorithms.of(new EcKey(good, beside), Optional.empty())).isEmpty();
    assertThat(KeyAlgorithms.of(new EcKey(good, ECPoint.POINT_INFINITY), Optional.empty()))
        .isEmpty();
    assertThat(KeyAlgorithms.of(new EcKey(good, good.getW()), Optional.empty()))
        .containsExactly(ES256);
  }

  @ParameterizedTest
  @MethodSource("everyAlgorithm")
  void everyAlgorithmVerifiesItsSignatures(String name, KeyPair pair) {
    String token = Scene.token(pair, name, "acme").token();

    assertThat(answer(SignatureProvider.JDK, pair, token))
        .isInstanceOf(Authentication.Accepted.class);
    assertThat(answer(SignatureProvider.preferred(), pair, token))
        .isInstanceOf(Authentication.Accepted.class);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void theQuickerProviderIsTakenWhereItLoads() throws Exception {
    for (Algorithm algorithm : Algorithm.values()) {
      assertThat(SignatureProvider.preferred().open(algorithm.jcaName()).getProvider().getName())
          .isEqualTo("AmazonCorrettoCryptoProvider");
    }
  }

  @Test
  void aWeakKeyThatSlippedIntoTheTrustVerifiesNothing() {
    KeyPair weak = TestKeys.rsa(1024, 65537);
    Scene scene = new Scene();
    scene.change(trust -> trust.anchor(weak.getPublic(), "acme"));

    Authentication answer = scene.answer(Scene.token(weak, "RS256", "acme").token());

    assertThat(answer)
        .isInstanceOfSatisfying(
            Authentication.Refused.class,
            no -> assertThat(no.code()).isEqualTo(ErrorCode.ALGORITHM_REFUSED));
  }

  static Stream<Arguments> everyAlgorithm() {
    return Stream.of(
        Arguments.of("RS256", TestKeys.RSA),
        Arguments.of("RS384", TestKeys.RSA),
        Arguments.of("RS512", TestKeys.RSA),
        Arguments.of("PS256", TestKeys.RSA),
        Arguments.of("PS384", TestKeys.RSA),
        Arguments.of("PS512", TestKeys.RSA),
        Arguments.of("ES256", TestKeys.P256),
        Arguments.of("ES384", TestKeys.P384),
        Arguments.of("ES512", TestKeys.P521),
        Arguments.of("EdDSA", TestKeys.ED25519));
  }

  private static Authentication answer(SignatureProvider provider, KeyPair pair, String token) {
    return new Scene(provider)
        .change(trust -> trust.anchor(pair.getPublic(), "acme"))
        .answer(token);
  }

  private static Set<Algorithm> of(KeyPair pair) {
    return KeyAlgorithms.of(pair.getPublic(), Optional.empty());
  }

  private static PublicKey rsaOf(int bits) throws Exception {
    BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).setBit(0);
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65537)));
  }

  /** A key that no parser would let through. */
  private record EcKey(ECPublicKey model, ECPoint point) implements ECPublicKey {

    @Override
    public ECPoint getW() {
      return point;
    }

    @Override
    public ECParameterSpec getParams() {
      return model.getParams();
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      return "X.509";
    }

    @Override
    public byte[] getEncoded() {
      return model.getEncoded();
    }
  }
}
