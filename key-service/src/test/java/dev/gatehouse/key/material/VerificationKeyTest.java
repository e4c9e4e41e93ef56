package dev.gatehouse.key.material;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyFactory;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected values were computed with openssl 3 and sha1sum, not with this code. */
class VerificationKeyTest {

  @ParameterizedTest
  @CsvSource({
    "rsa-2048, WuA0yNynpJZljhkj2_6Uo4yWrlLS9p4Ex2JC_AClGMQ, 327e5b86ae36af4ad83009a7b0c0edf86815da6a",
    "rsa-4096, mjAFy89FfXgsUjyHVh-p-MgBmmz1IefgJZL4xN0Jglw, 8c3192786f18c5b6ded0e06429f0416006100feb",
    "rsa-8192, zrfum7MxAw5OVo_n-DvKoTRuZOkexHOCZ9Smg2xwDXc, e3cc250e06f713adff7cfb0a6c531629ba507d84",
    "p-256, ZzeJkKh0_X6LFcLHuWekHBBp3exZ5LgAAlAcFIHYDxM, 787bead1f98e7929fe689ab4358fbcc0cb9e8572",
    "p-384, xCErBE4Ivxj8-yxku8cU5CxP0kR1aL36HaYL1Ax5Vho, 730fe877022852fc4ace8fedc48039af32008d53",
    "p-521, gjNZvzIrPRSUrfmAyVJUvaU5TmnKvgzl7rh8cCeHQ8Q, ab6f9df3dadc7729b71f2a128cafd1a5a924647b",
    "ed25519, 9x2qL479G4dJM1AsEW_vZglEM4ACSG6XJO-NN7ISxYg, 81b130d8ae4387a426e64ef7ae5600cc0823548c",
  })
  void bothIdsAreThoseThatOthersCompute(String name, String thumbprint, String opstraceId) {
    VerificationKey key = TestKeys.parse(TestKeys.publicKey(name));

    assertThat(key.id().value()).isEqualTo(thumbprint);
    assertThat(key.opstraceId().value()).isEqualTo(opstraceId);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-2048, RSA",
    "rsa-4096, RSA",
    "rsa-8192, RSA",
    "p-256, EC",
    "p-384, EC",
    "p-521, EC",
    "ed25519, Ed25519"
  })
  void whatIsWrittenIsWhatOpensslWroteAndWhatTheJdkReads(String name, String algorithm)
      throws Exception {
    VerificationKey key = TestKeys.parse(TestKeys.publicKey(name));

    byte[] spki = key.subjectPublicKeyInfo();

    assertThat(TestKeys.pem("PUBLIC KEY", spki)).isEqualTo(TestKeys.publicKey(name));
    assertThat(
            KeyFactory.getInstance(algorithm)
                .generatePublic(new X509EncodedKeySpec(spki))
                .getEncoded())
        .isEqualTo(spki);
  }

  @ParameterizedTest
  @CsvSource({
    "rsa-2048, RSA, 2048,",
    "rsa-8192, RSA, 8192,",
    "p-256, EC, , P-256",
    "p-521, EC, , P-521",
    "ed25519, Ed25519, ,"
  })
  void aKeySaysWhatItIs(String name, String algorithm, Integer size, String curve) {
    VerificationKey key = TestKeys.parse(TestKeys.publicKey(name));

    assertThat(key.algorithm()).isEqualTo(algorithm);
    assertThat(key.size().orElse(null)).isEqualTo(size);
    assertThat(key.curve().orElse(null)).isEqualTo(curve);
  }

  @Test
  void theSameKeyHasTheSameFormHoweverItWasSent() {
    VerificationKey fromSpki = TestKeys.parse(TestKeys.publicKey("rsa-2048"));

    VerificationKey fromPkcs1 = TestKeys.parse(TestKeys.publicKey("rsa-2048-pkcs1"));

    assertThat(fromPkcs1).isEqualTo(fromSpki);
    assertThat(fromPkcs1.subjectPublicKeyInfo()).isEqualTo(fromSpki.subjectPublicKeyInfo());
  }
}
