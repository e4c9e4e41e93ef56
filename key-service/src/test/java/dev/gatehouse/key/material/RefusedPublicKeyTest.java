package dev.gatehouse.key.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedPublicKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rsa-1024.pem            | An RSA key has 2048 to 8192 bits, this one has 1024
          rsa-2047.pem            | An RSA key has 2048 to 8192 bits, this one has 2047
          rsa-exponent-3.pem      | The exponent of an RSA key must be 65537
          rsa-pss.pem             | bound to RSASSA-PSS
          dsa.pem                 | a DSA key
          x25519.pem              | a X25519 key
          ed448.pem               | a Ed448 key
          secp256k1.pem           | on the curve secp256k1
          secp224r1.pem           | on the curve P-224
          p-256-compressed.pem    | compressed point
          p-256-explicit.pem      | spells its curve out
          certificate.pem         | This is a certificate; send its public key: openssl x509
          certificate-request.pem | This is a certificate request; send its public key: openssl req
          rsa-2048-ssh.txt        | ssh-keygen -e -m PKCS8
          """)
  void eachIsRefusedWithASentenceThatSaysWhy(String file, String sentence) {
    assertRefused(TestKeys.file(file), sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "-----BEGIN PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\n!!!!\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----",
        "-----BEGIN PUBLIC KEY-----\nMIAAAA==\n-----END PUBLIC KEY-----",
        "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----",
        "{",
        "{}",
        "{\"keys\":[]}",
        "{\"keys\":{}}",
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"n\":\"AQAB\"}",
      })
  void junkIsRefused(String junk) {
    assertRefused(junk, "");
  }

  @Test
  void octetsBehindTheKeyAreRefused() {
    byte[] spki = TestKeys.parse(TestKeys.publicKey("p-256")).subjectPublicKeyInfo();

    assertRefused(TestKeys.pem("PUBLIC KEY", Arrays.copyOf(spki, spki.length + 1)), "damaged");
    assertRefused(TestKeys.pem("PUBLIC KEY", Arrays.copyOf(spki, spki.length - 1)), "damaged");
  }

  @Test
  void aPointOffItsCurveIsRefusedThoughTheJdkReadsIt() {
    byte[] spki = TestKeys.parse(TestKeys.publicKey("p-256")).subjectPublicKeyInfo();
    spki[spki.length - 1] ^= 1;

    assertRefused(TestKeys.pem("PUBLIC KEY", spki), "not a point on the curve P-256");
  }

  @Test
  void thePointAtInfinityIsRefused() {
    byte[] spki =
        DerWriter.subjectPublicKeyInfo(
            DerWriter.sequence(DerWriter.oid(Oid.EC), DerWriter.oid(Oid.P256)), new byte[] {0});

    assertRefused(TestKeys.pem("PUBLIC KEY", spki), "point at infinity");
  }

  @Test
  void coordinatesBeyondTheFieldAreRefused() {
    EcKey key = (EcKey) TestKeys.parse(TestKeys.publicKey("p-521"));
    BigInteger prime = BigInteger.TWO.pow(521).subtract(BigInteger.ONE);

    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new EcKey(Curve.P521, key.x().add(prime), key.y()));
  }

  @Test
  void anRsaModulusWithASmallFactorIsRefused() {
    BigInteger modulus = ((RsaKey) TestKeys.parse(TestKeys.publicKey("rsa-4096"))).modulus();

    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(
            () ->
                new RsaKey(
                    modulus.multiply(BigInteger.valueOf(751)), BigInteger.valueOf(RsaKey.EXPONENT)))
        .withMessageContaining("small factor");
  }

  @Test
  void anRsaModulusAboveTheLimitIsRefused() {
    BigInteger modulus = ((RsaKey) TestKeys.parse(TestKeys.publicKey("rsa-8192"))).modulus();

    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new RsaKey(modulus.shiftLeft(1), BigInteger.valueOf(RsaKey.EXPONENT)))
        .withMessageContaining("this one has 8193");
  }

  /**
   * The small-order points and non-canonical encodings are those of RFC 7748 and Chalkias et al.
   */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000000000000000000000000000000000000000000000000000, small order",
    "0100000000000000000000000000000000000000000000000000000000000000, small order",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, small order",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a, small order",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa, small order",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05, small order",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85, small order",
    "0100000000000000000000000000000000000000000000000000000000000080, canonical",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, canonical",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f, canonical",
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff, canonical",
    "0200000000000000000000000000000000000000000000000000000000000000, not a point",
    "00, 32 octets",
  })
  void anEd25519KeyIsACanonicalPointOfLargeOrder(String hex, String sentence) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> Ed25519Key.ofOctets(HexFormat.of().parseHex(hex)))
        .withMessageContaining(sentence);
  }

  /** RFC 8032 §7.1, the public keys of tests 1 to 3. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      })
  void theEd25519KeysOfTheRfcAreAccepted(String hex) {
    assertThatCode(() -> Ed25519Key.ofOctets(HexFormat.of().parseHex(hex)))
        .doesNotThrowAnyException();
  }

  @Test
  void severalBlocksAreOneKeyEach() {
    String text = "Two keys:\n" + TestKeys.publicKey("p-256") + TestKeys.publicKey("ed25519");

    assertThat(PublicKeys.parse(TestKeys.json(text)))
        .containsExactly(
            TestKeys.parse(TestKeys.publicKey("p-256")),
            TestKeys.parse(TestKeys.publicKey("ed25519")));
  }

  @Test
  void oneBadBlockRefusesThemAll() {
    assertRefused(TestKeys.publicKey("p-256") + TestKeys.publicKey("dsa"), "a DSA key");
  }

  @Test
  void theSameKeyTwiceIsRefused() {
    assertRefused(
        TestKeys.publicKey("rsa-2048") + TestKeys.publicKey("rsa-2048-pkcs1"), "same key twice");
  }

  @Test
  void nothingThatWasSentIsQuoted() {
    String junk = "c29tZSBzZWNyZXQgb2YgdGhlaXJz";

    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> TestKeys.parse(junk))
        .satisfies(refusal -> assertThat(refusal.detail()).doesNotContain(junk.substring(0, 6)));
  }

  private static void assertRefused(String text, String sentence) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> TestKeys.parse(text))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.KEY_INVALID))
        .withMessageContaining(sentence);
  }
}
