package dev.gatehouse.cli.key;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/**
 * A public key that an instance accepts: RSA of {@value #MIN_RSA_BITS} to {@value #MAX_RSA_BITS}
 * bits with the exponent 65537, EC on P-256, P-384 or P-521, or Ed25519.
 */
public record PublicHalf(PublicKey key) {

  public static final int MIN_RSA_BITS = 2048;
  public static final int MAX_RSA_BITS = 8192;

  private static final BigInteger EXPONENT = BigInteger.valueOf(65537);
  private static final int ED25519_BYTES = 32;

  public PublicHalf {
    if (key instanceof RSAPublicKey rsa) {
      checkRsa(rsa);
    } else if (key instanceof ECPublicKey ec) {
      Curve.of(ec.getParams());
    } else if (!(key instanceof EdECPublicKey)) {
      throw new MalformedKeyException("is of a kind that is not supported");
    }
  }

  /** The RFC 7638 thumbprint. */
  public KeyId id() {
    byte[] canonical = Json.compact(requiredMembers()).getBytes(StandardCharsets.UTF_8);
    try {
      return KeyId.ofSha256(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an Opstrace CLI calls this key. */
  public OpstraceKeyId opstraceId() {
    return OpstraceKeyId.of(key.getEncoded());
  }

  /** SubjectPublicKeyInfo. */
  public String pem() {
    return Pem.encode("PUBLIC KEY", key.getEncoded());
  }

  /** RFC 7638 §3.2: the required members of the JWK, in lexicographic order. */
  private ObjectNode requiredMembers() {
    ObjectNode jwk = Json.object();
    if (key instanceof RSAPublicKey rsa) {
      return jwk.put("e", base64url(rsa.getPublicExponent()))
          .put("kty", "RSA")
          .put("n", base64url(rsa.getModulus()));
    }
    if (key instanceof ECPublicKey ec) {
      Curve curve = Curve.of(ec.getParams());
      return jwk.put("crv", curve.jwkName())
          .put("kty", "EC")
          .put("x", base64url(unsigned(ec.getW().getAffineX(), curve.bytes())))
          .put("y", base64url(unsigned(ec.getW().getAffineY(), curve.bytes())));
    }
    byte[] spki = key.getEncoded();
    byte[] point = Arrays.copyOfRange(spki, spki.length - ED25519_BYTES, spki.length);
    return jwk.put("crv", "Ed25519").put("kty", "OKP").put("x", base64url(point));
  }

  private static void checkRsa(RSAPublicKey rsa) {
    int bits = rsa.getModulus().bitLength();
    if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
      throw new MalformedKeyException(
          "holds an RSA key of %d bits, and instances accept %d to %d: make a new pair with gatehouse ta-create-keypair"
              .formatted(bits, MIN_RSA_BITS, MAX_RSA_BITS));
    }
    if (!rsa.getPublicExponent().equals(EXPONENT)) {
      throw new MalformedKeyException(
          "holds an RSA key whose exponent is not 65537: make a new pair with gatehouse ta-create-keypair");
    }
  }

  private static String base64url(BigInteger number) {
    return base64url(unsigned(number, (number.bitLength() + 7) / 8));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Big-endian, without a sign, filled with zeros to the length. */
  private static byte[] unsigned(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    byte[] bytes = new byte[length];
    int significant = Math.min(signed.length, length);
    System.arraycopy(signed, signed.length - significant, bytes, length - significant, significant);
    return bytes;
  }
}
