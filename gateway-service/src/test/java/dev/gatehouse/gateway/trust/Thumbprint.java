package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.name.KeyId;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** RFC 7638, for the keys of tests. */
final class Thumbprint {

  private Thumbprint() {}

  static KeyId of(PublicKey key) {
    try {
      return KeyId.ofSha256(
          MessageDigest.getInstance("SHA-256")
              .digest(requiredMembers(key).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String requiredMembers(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "{\"e\":\"%s\",\"kty\":\"RSA\",\"n\":\"%s\"}"
          .formatted(unsigned(rsa.getPublicExponent(), 0), unsigned(rsa.getModulus(), 0));
    }
    if (key instanceof ECPublicKey ec) {
      int bits = ec.getParams().getCurve().getField().getFieldSize();
      int bytes = (bits + 7) / 8;
      return "{\"crv\":\"P-%d\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}"
          .formatted(
              bits,
              unsigned(ec.getW().getAffineX(), bytes),
              unsigned(ec.getW().getAffineY(), bytes));
    }
    byte[] spki = key.getEncoded();
    return "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}"
        .formatted(base64url(Arrays.copyOfRange(spki, spki.length - 32, spki.length)));
  }

  private static String unsigned(BigInteger number, int length) {
    byte[] signed = number.toByteArray();
    int from = signed.length > 1 && signed[0] == 0 ? 1 : 0;
    byte[] bytes = Arrays.copyOfRange(signed, from, signed.length);
    byte[] padded = new byte[Math.max(length, bytes.length)];
    System.arraycopy(bytes, 0, padded, padded.length - bytes.length, bytes.length);
    return base64url(padded);
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
