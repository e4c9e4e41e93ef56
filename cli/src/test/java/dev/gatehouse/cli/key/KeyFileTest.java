package dev.gatehouse.cli.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.Workplace;
import dev.gatehouse.cli.terminal.Failure;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {

  /** Where the key begins in what the JDK wraps around one of RSA with 2048 bits. */
  private static final int PKCS8_HEAD = 26;

  private static final int SPKI_HEAD = 24;

  @TempDir private Path home;
  private Workplace workplace;

  @BeforeEach
  void start() {
    workplace = new Workplace(home);
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "EC, secp256r1", "EC, secp384r1", "EC, secp521r1", "Ed25519, -"})
  void thePublicHalfIsDerivedFromThePrivateOne(String algorithm, String size) throws Exception {
    KeyPair pair = generate(algorithm, size);

    PublicHalf half = file("PRIVATE KEY", pair.getPrivate().getEncoded()).publicHalf();

    assertThat(half.key()).isEqualTo(pair.getPublic());
  }

  @Test
  void manyEcKeysHaveTheRightPublicHalf() throws Exception {
    for (int i = 0; i < 50; i++) {
      KeyPair pair = generate("EC", "secp256r1");

      assertThat(Curve.publicPoint((ECPrivateKey) pair.getPrivate()))
          .isEqualTo(((ECPublicKey) pair.getPublic()).getW());
    }
  }

  @Test
  void traditionalRsaKeysAreRead() throws Exception {
    KeyPair pair = generate("RSA", "2048");
    byte[] privateKey = from(PKCS8_HEAD, pair.getPrivate().getEncoded());
    byte[] publicKey = from(SPKI_HEAD, pair.getPublic().getEncoded());

    assertThat(file("RSA PRIVATE KEY", privateKey).publicHalf().key()).isEqualTo(pair.getPublic());
    assertThat(file("RSA PUBLIC KEY", publicKey).publicHalf().key()).isEqualTo(pair.getPublic());
  }

  @Test
  void traditionalEcKeysAreRead() throws Exception {
    KeyPair pair = generate("EC", "secp256r1");
    AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
    curve.init(new ECGenParameterSpec("secp256r1"));
    byte[] scalar = fixedLength(((ECPrivateKey) pair.getPrivate()).getS(), 32);
    byte[] sec1 =
        Der.of(
            Der.SEQUENCE,
            new byte[] {2, 1, 1},
            Der.of(Der.OCTET_STRING, scalar),
            Der.of(0xa0, curve.getEncoded()));

    assertThat(file("EC PRIVATE KEY", sec1).publicHalf().key()).isEqualTo(pair.getPublic());
  }

  @Test
  void publicKeysAreRead() throws Exception {
    KeyPair pair = generate("Ed25519", "-");

    assertThat(file("PUBLIC KEY", pair.getPublic().getEncoded()).publicHalf().key())
        .isEqualTo(pair.getPublic());
  }

  /** RFC 7638 §3.1. */
  @Test
  void theIdIsTheThumbprintOfTheRfc() throws Exception {
    String modulus =
        "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECP"
            + "ebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2Q"
            + "vzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQF"
            + "h6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw";
    BigInteger n = new BigInteger(1, Base64.getUrlDecoder().decode(modulus));
    var key =
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(n, BigInteger.valueOf(65537)));

    assertThat(new PublicHalf(key).id().value())
        .isEqualTo("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
  }

  @Test
  void aShortRsaKeyIsRefused() throws Exception {
    KeyFile file = file("PRIVATE KEY", generate("RSA", "2047").getPrivate().getEncoded());

    assertThatThrownBy(file::publicHalf)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("an RSA key of 2047 bits, and instances accept 2048 to 8192");
  }

  @Test
  void anRsaKeyWithAnotherExponentIsRefused() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(2048, BigInteger.valueOf(3)));
    KeyFile file = file("PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());

    assertThatThrownBy(file::publicHalf).hasMessageContaining("exponent is not 65537");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X25519", "X448", "DSA", "DH", "Ed448", "RSASSA-PSS"})
  void anotherKindOfKeyIsRefused(String algorithm) throws Exception {
    KeyPair pair = KeyPairGenerator.getInstance(algorithm).generateKeyPair();

    KeyFile file = file("PRIVATE KEY", pair.getPrivate().getEncoded());

    assertThatThrownBy(file::publicHalf).hasMessageContaining("use RSA, EC or Ed25519");
  }

  @Test
  void encryptedKeysAreToldHowToDecrypt() {
    KeyFile modern = file("ENCRYPTED PRIVATE KEY", new byte[] {1, 2, 3});
    KeyFile traditional =
        text(
            """
            -----BEGIN RSA PRIVATE KEY-----
            Proc-Type: 4,ENCRYPTED
            DEK-Info: AES-128-CBC,00

            AAAA
            -----END RSA PRIVATE KEY-----
            """);

    assertThatThrownBy(modern::publicHalf).hasMessageContaining("is encrypted");
    assertThatThrownBy(traditional::publicHalf).hasMessageContaining("is encrypted");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no key at all",
        "-----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n",
        "-----BEGIN PRIVATE KEY-----\nA?AA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nMIH/\n-----END PRIVATE KEY-----\n",
        "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n",
        "-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----\n"
      })
  void whatIsNotAKeyIsToldInASentence(String content) {
    KeyFile file = text(content);

    assertThatThrownBy(file::publicHalf)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith(file.path().toString())
        .hasMessageEndingWith(".");
  }

  @Test
  void aPrivateHalfDoesNotShowItself() throws Exception {
    KeyPair pair = generate("RSA", "2048");

    PrivateHalf half = file("PRIVATE KEY", pair.getPrivate().getEncoded()).privateHalf(false);

    assertThat(half).hasToString("PrivateHalf[" + half.publicHalf().id() + "]");
  }

  private KeyFile file(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return text("-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
  }

  private KeyFile text(String content) {
    return new KeyFile(workplace.withFile("key.pem", content).file("key.pem"));
  }

  private static KeyPair generate(String algorithm, String size) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(Integer.parseInt(size));
    } else if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(size));
    }
    return generator.generateKeyPair();
  }

  private static byte[] from(int start, byte[] bytes) {
    return Arrays.copyOfRange(bytes, start, bytes.length);
  }

  private static byte[] fixedLength(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] padded = new byte[length];
    int significant = Math.min(bytes.length, length);
    System.arraycopy(bytes, bytes.length - significant, padded, length - significant, significant);
    return padded;
  }
}
