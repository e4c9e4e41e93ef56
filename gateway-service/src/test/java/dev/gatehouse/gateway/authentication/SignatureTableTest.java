package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.common.error.ErrorCode.ALGORITHM_REFUSED;
import static dev.gatehouse.common.error.ErrorCode.KEY_UNKNOWN;
import static dev.gatehouse.common.error.ErrorCode.SIGNATURE_INVALID;
import static dev.gatehouse.gateway.authentication.Scene.accessToken;
import static dev.gatehouse.gateway.authentication.Scene.kid;
import static dev.gatehouse.gateway.authentication.Scene.token;
import static dev.gatehouse.gateway.authentication.TwinTable.row;

import dev.gatehouse.common.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may have signed: each reason to refuse a signature or key beside a token that is accepted.
 */
class SignatureTableTest {

  private static final KeyPair EC = TestKeys.P256;

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"signatures", "keys"})
  void aTokenIsRefusedForOneReasonAndItsTwinIsAccepted(
      String reason, ErrorCode code, String refused, String twin) {
    TwinTable.check(code, refused, twin);
  }

  static Stream<Arguments> signatures() {
    String rsa = token().token();
    String ec = token(EC, "ES256", "other").token();
    String ed = token(TestKeys.ED25519, "EdDSA", "acme").token();
    return Stream.of(
        row("a tampered payload", SIGNATURE_INVALID, tamperedPayload(), rsa),
        row("a tampered signature", SIGNATURE_INVALID, flipped(rsa), rsa),
        row("a tampered ECDSA signature", SIGNATURE_INVALID, flipped(ec), ec),
        row("a tampered Ed25519 signature", SIGNATURE_INVALID, flipped(ed), ed),
        row("an empty signature", SIGNATURE_INVALID, token().signedWith(new byte[0]), rsa),
        row("an RSA signature cut short", SIGNATURE_INVALID, shorter(rsa), rsa),
        row("an RSA signature with a zero before", SIGNATURE_INVALID, zeroBefore(rsa), rsa),
        row("an Ed25519 signature cut short", SIGNATURE_INVALID, shorter(ed), ed),
        row("an Ed25519 signature of zeros", SIGNATURE_INVALID, edSigned(new byte[64]), ed),
        row("r and s zero", SIGNATURE_INVALID, ecSigned(new byte[64]), ec),
        row("r zero", SIGNATURE_INVALID, ecSigned(one(63)), ec),
        row("s zero", SIGNATURE_INVALID, ecSigned(one(31)), ec),
        row("r and s the order", SIGNATURE_INVALID, ecSigned(order()), ec),
        row("an ECDSA signature cut short", SIGNATURE_INVALID, shorter(ec), ec),
        row("an ECDSA signature too long", SIGNATURE_INVALID, zeroBefore(ec), ec),
        row("an ECDSA signature in DER", SIGNATURE_INVALID, derSigned(), ec));
  }

  static Stream<Arguments> keys() {
    PublicKey rsa = TestKeys.RSA.getPublic();
    String good = token().token();
    return Stream.of(
        row("an unknown kid", KEY_UNKNOWN, token().header("kid", "nobody").token(), good),
        row(
            "the kid of another key",
            SIGNATURE_INVALID,
            token(EC, "ES256", "acme")
                .header("kid", kid(TestKeys.ED25519.getPublic()))
                .header("alg", "EdDSA")
                .signedWith(new byte[64]),
            good),
        row(
            "another key under a trusted kid",
            SIGNATURE_INVALID,
            token(TestKeys.OTHER_RSA, "RS256", "acme").header("kid", kid(rsa)).token(),
            good),
        row(
            "an EC key with RS256",
            ALGORITHM_REFUSED,
            token(TestKeys.RSA, "RS256", "other").header("kid", kid(EC.getPublic())).token(),
            token(EC, "ES256", "other").token()),
        row(
            "an RSA key with ES256",
            ALGORITHM_REFUSED,
            token(EC, "ES256", "acme").header("kid", kid(rsa)).token(),
            token(TestKeys.RSA, "PS256", "acme").token()),
        row(
            "a P-256 key with ES384",
            ALGORITHM_REFUSED,
            token(TestKeys.P384, "ES384", "other").header("kid", kid(EC.getPublic())).token(),
            token(EC, "ES256", "other").token()),
        row(
            "an anchor of acme for another tenant",
            KEY_UNKNOWN,
            token(TestKeys.RSA, "RS256", "other").token(),
            token(TestKeys.RSA, "RS256", "acme:pay").token()),
        row(
            "an anchor of acme for a tenant of a longer name",
            KEY_UNKNOWN,
            token(TestKeys.RSA, "RS256", "acmee").token(),
            token(TestKeys.ED25519, "EdDSA", "other").token()),
        row(
            "the kid of an issuer in a tenant token",
            KEY_UNKNOWN,
            Scene.token(Scene.OIDC_KEY, "RS256", "acme").header("kid", Scene.OIDC_KID).token(),
            good),
        row(
            "the kid of an anchor in an access token",
            KEY_UNKNOWN,
            accessToken().header("kid", kid(rsa)).token(),
            accessToken().token()),
        row(
            "an access token signed by an anchor",
            KEY_UNKNOWN,
            token().claim("iss", Scene.ISSUER).token(),
            good));
  }

  private static String tamperedPayload() {
    String good = token().token();
    String other = token().claim("sub", "tenant-acme:pay").token();
    return other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'));
  }

  private static String flipped(String token) {
    int at = token.lastIndexOf('.') + 20;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  private static String shorter(String token) {
    byte[] signature = signature(token);
    return signed(token, Arrays.copyOf(signature, signature.length - 1));
  }

  private static String zeroBefore(String token) {
    byte[] signature = signature(token);
    byte[] longer = new byte[signature.length + 1];
    System.arraycopy(signature, 0, longer, 1, signature.length);
    return signed(token, longer);
  }

  private static byte[] signature(String token) {
    return Base64.getUrlDecoder().decode(token.substring(token.lastIndexOf('.') + 1));
  }

  private static String signed(String token, byte[] signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + Mint.base64url(signature);
  }

  private static String ecSigned(byte[] signature) {
    return token(EC, "ES256", "other").signedWith(signature);
  }

  private static String edSigned(byte[] signature) {
    return token(TestKeys.ED25519, "EdDSA", "acme").signedWith(signature);
  }

  private static byte[] one(int at) {
    byte[] signature = new byte[64];
    signature[at] = 1;
    return signature;
  }

  private static byte[] order() {
    byte[] n =
        HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
    byte[] signature = new byte[64];
    System.arraycopy(n, 0, signature, 0, 32);
    System.arraycopy(n, 0, signature, 32, 32);
    return signature;
  }

  private static String derSigned() {
    Mint mint = token(EC, "ES256", "other");
    try {
      Signature der = Signature.getInstance("SHA256withECDSA");
      der.initSign(EC.getPrivate());
      der.update(mint.signingInput().getBytes(StandardCharsets.US_ASCII));
      return mint.signedWith(der.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
