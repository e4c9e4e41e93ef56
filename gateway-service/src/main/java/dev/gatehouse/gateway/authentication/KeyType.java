package dev.gatehouse.gateway.authentication;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.NamedParameterSpec;
import java.util.Optional;

/** The kinds of public keys that may vouch for a token; an algorithm is bound to one of them. */
enum KeyType {
  RSA,
  P256,
  P384,
  P521,
  ED25519;

  private static final int MIN_RSA_BITS = 2048;
  private static final int MAX_RSA_BITS = 8192;
  private static final int MAX_QUICK_RSA_BITS = 3072;
  private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65537);
  private static final int ED25519_SIGNATURE_BYTES = 64;

  /** The kind of a key; empty for one that must not be used at all. */
  static Optional<KeyType> of(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return isSound(rsa) ? Optional.of(RSA) : Optional.empty();
    }
    if (key instanceof ECPublicKey ec) {
      return curveOf(ec);
    }
    if (key instanceof EdECPublicKey ed
        && ed.getParams().getName().equals(NamedParameterSpec.ED25519.getName())) {
      return Optional.of(ED25519);
    }
    return Optional.empty();
  }

  /**
   * Whether a signature has the one length that it can have and, for ECDSA, whether r and s are in
   * [1, n−1] (SEC 1 §4.1.4), which not every provider has always checked (CVE-2022-21449).
   */
  boolean isWellFormed(byte[] signature, PublicKey key) {
    return switch (this) {
      case RSA -> signature.length == bytes(((RSAPublicKey) key).getModulus().bitLength());
      case P256 -> isEcdsa(signature, Curves.P256);
      case P384 -> isEcdsa(signature, Curves.P384);
      case P521 -> isEcdsa(signature, Curves.P521);
      case ED25519 -> signature.length == ED25519_SIGNATURE_BYTES;
    };
  }

  /**
   * Whether checking a signature takes less than a tenth of a millisecond of CPU.
   *
   * @param key of this kind
   * @param isNative whether not the JDK's own code does it
   */
  boolean isQuick(PublicKey key, boolean isNative) {
    return switch (this) {
      case RSA -> ((RSAPublicKey) key).getModulus().bitLength() <= MAX_QUICK_RSA_BITS;
      case P256, ED25519 -> isNative;
      case P384, P521 -> false;
    };
  }

  private static boolean isSound(RSAPublicKey key) {
    int bits = key.getModulus().bitLength();
    // A key marked as RSASSA-PSS (RFC 4055 §1.2) brings parameters of its own, which JOSE lacks.
    return key.getAlgorithm().equals("RSA")
        && bits >= MIN_RSA_BITS
        && bits <= MAX_RSA_BITS
        && key.getPublicExponent().equals(RSA_EXPONENT);
  }

  private static Optional<KeyType> curveOf(ECPublicKey key) {
    ECParameterSpec given = key.getParams();
    if (Curves.same(given, Curves.P256)) {
      return Curves.has(Curves.P256, key.getW()) ? Optional.of(P256) : Optional.empty();
    }
    if (Curves.same(given, Curves.P384)) {
      return Curves.has(Curves.P384, key.getW()) ? Optional.of(P384) : Optional.empty();
    }
    if (Curves.same(given, Curves.P521)) {
      return Curves.has(Curves.P521, key.getW()) ? Optional.of(P521) : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isEcdsa(byte[] signature, ECParameterSpec curve) {
    int half = bytes(curve.getOrder().bitLength());
    return signature.length == 2 * half
        && isInRange(new BigInteger(1, signature, 0, half), curve.getOrder())
        && isInRange(new BigInteger(1, signature, half, half), curve.getOrder());
  }

  private static boolean isInRange(BigInteger value, BigInteger order) {
    return value.signum() > 0 && value.compareTo(order) < 0;
  }

  private static int bytes(int bits) {
    return (bits + 7) / 8;
  }

  private static final class Curves {

    static final ECParameterSpec P256 = named("secp256r1");
    static final ECParameterSpec P384 = named("secp384r1");
    static final ECParameterSpec P521 = named("secp521r1");

    static boolean same(ECParameterSpec one, ECParameterSpec other) {
      return one.getCurve().equals(other.getCurve())
          && one.getGenerator().equals(other.getGenerator())
          && one.getOrder().equals(other.getOrder())
          && one.getCofactor() == other.getCofactor();
    }

    /** Whether y² = x³ + ax + b; the point at infinity is on no curve here. */
    static boolean has(ECParameterSpec curve, ECPoint point) {
      if (point.equals(ECPoint.POINT_INFINITY)) {
        return false;
      }
      BigInteger p = ((ECFieldFp) curve.getCurve().getField()).getP();
      BigInteger x = point.getAffineX();
      BigInteger y = point.getAffineY();
      boolean reduced =
          x.signum() >= 0 && x.compareTo(p) < 0 && y.signum() >= 0 && y.compareTo(p) < 0;
      BigInteger right =
          x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB());
      return reduced && y.multiply(y).subtract(right).mod(p).signum() == 0;
    }

    private static ECParameterSpec named(String name) {
      try {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(name));
        return parameters.getParameterSpec(ECParameterSpec.class);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("This JDK lacks the curve " + name, e);
      }
    }
  }
}
