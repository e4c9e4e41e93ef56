package dev.gatehouse.cli.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.data.Offset;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tokens are verified, and the key ids computed, by jose4j: by none of our own code. */
class TaCreateTokenTest {

  @TempDir private Path home;
  private Workplace workplace;
  private Path file;

  @BeforeEach
  void start() {
    workplace = new Workplace(home);
    file = workplace.file("pair.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA, 2048, RS256",
    "EC, secp256r1, ES256",
    "EC, secp384r1, ES384",
    "EC, secp521r1, ES512",
    "Ed25519, Ed25519, EdDSA"
  })
  void everyKindOfKeySigns(String algorithm, String parameter, String expected) throws Exception {
    KeyPair pair = generate(algorithm, parameter);
    workplace.withFile("pair.pem", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));

    Outcome outcome = workplace.run("ta-create-token", "local", "acme:pay", file.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).isEmpty();
    JsonWebSignature token = verified(outcome.out(), pair);
    assertThat(token.getAlgorithmHeaderValue()).isEqualTo(expected);
    assertThat(token.getHeader("typ")).isEqualTo("JWT");
    assertThat(token.getKeyIdHeaderValue()).isEqualTo(thumbprint(pair));
  }

  @Test
  void theClaimsAreThoseOfATenantToken() throws Exception {
    KeyPair pair = generate("EC", "secp256r1");
    workplace.withFile("pair.pem", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));

    Outcome outcome = workplace.run("ta-create-token", "local", "acme:pay", file.toString());

    JwtClaims claims = JwtClaims.parse(verified(outcome.out(), pair).getPayload());
    assertThat(claims.getSubject()).isEqualTo("tenant-acme:pay");
    assertThat(claims.getAudience()).containsExactly("gatehouse-local");
    assertThat(claims.getIssuer()).isEqualTo("gatehouse-cli");
    assertThat(claims.getJwtId()).hasSize(36);
    assertThat(claims.getIssuedAt().getValue()).isCloseTo(NumericDate.now().getValue(), within());
    assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
        .isEqualTo(90 * 86400L);
    assertThat(claims.hasClaim("scope")).isFalse();
  }

  @Test
  void scopesAndLifetimeMayBeNamed() throws Exception {
    KeyPair pair = generate("Ed25519", "Ed25519");
    workplace.withFile("pair.pem", pem("PRIVATE KEY", pair.getPrivate().getEncoded()));

    Outcome outcome =
        workplace.run(
            "ta-create-token",
            "local",
            "acme",
            file.toString(),
            "--lifetime",
            "3650d",
            "--scope",
            "loki:write cortex:read",
            "--scope",
            "*:read");

    JwtClaims claims = JwtClaims.parse(verified(outcome.out(), pair).getPayload());
    assertThat(claims.getStringClaimValue("scope")).isEqualTo("loki:write cortex:read *:read");
    assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
        .isEqualTo(3650 * 86400L);
  }

  @Test
  void anOpstraceKeyFileSigns() throws Exception {
    KeyPair pair = generate("RSA", "2048");
    workplace.withFile("pair.pem", pem("RSA PRIVATE KEY", pkcs1(pair.getPrivate())));

    Outcome outcome = workplace.run("ta-create-token", "local", "acme", file.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(verified(outcome.out(), pair).getKeyIdHeaderValue()).isEqualTo(thumbprint(pair));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-rw-rw-"})
  void aKeyFileThatOthersMayReadIsRefused(String mode) throws IOException {
    workplace.run("ta-create-keypair", file.toString(), "--type", "ec");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    String path = file.toString();

    Outcome refused = workplace.run("ta-create-token", "local", "acme", path);
    Outcome meant =
        workplace.run("ta-create-token", "local", "acme", path, "--insecure-permissions");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err())
        .hasLineCount(1)
        .contains("Others may read", "chmod 600", "--insecure-permissions");
    assertThat(meant.exitCode()).isZero();
  }

  @Test
  void aPublicKeyCannotSign() throws Exception {
    KeyPair pair = generate("EC", "secp256r1");
    workplace.withFile("pair.pem", pem("PUBLIC KEY", pair.getPublic().getEncoded()));

    Outcome outcome = workplace.run("ta-create-token", "local", "acme", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("holds no private key");
  }

  @Test
  void aMissingFileIsNamed() {
    Outcome outcome = workplace.run("ta-create-token", "local", "acme", file.toString());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo("gatehouse: " + file + " does not exist.\n");
  }

  private static KeyPair generate(String algorithm, String parameter) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    if (algorithm.equals("RSA")) {
      generator.initialize(Integer.parseInt(parameter));
    } else if (algorithm.equals("EC")) {
      generator.initialize(new ECGenParameterSpec(parameter));
    }
    return generator.generateKeyPair();
  }

  private static JsonWebSignature verified(String token, KeyPair pair) throws Exception {
    JsonWebSignature signature = new JsonWebSignature();
    signature.setCompactSerialization(token);
    signature.setKey(pair.getPublic());
    assertThat(signature.verifySignature()).isTrue();
    return signature;
  }

  private static String thumbprint(KeyPair pair) throws Exception {
    return PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic())
        .calculateBase64urlEncodedThumbprint("SHA-256");
  }

  private static Offset<Long> within() {
    return Offset.offset(60L);
  }

  /** What a PKCS#8 key of RSA wraps begins behind 26 bytes: the header, and the algorithm. */
  private static byte[] pkcs1(PrivateKey key) {
    byte[] pkcs8 = key.getEncoded();
    return Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
  }

  private static String pem(String label, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label);
  }
}
