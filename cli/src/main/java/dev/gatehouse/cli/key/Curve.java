package dev.gatehouse.cli.key;

import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.EllipticCurve;

/** The curves of NIST that JWS knows (RFC 7518 §3.4), told apart by the order of their group. */
enum Curve {
  P_256("P-256", 32, "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  P_384(
      "P-384",
      48,
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
          + "581a0db248b0a77aecec196accc52973"),
  P_521(
      "P-521",
      66,
      "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
          + "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409");

  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final String jwkName;
  private final int bytes;
  private final BigInteger order;

  Curve(String jwkName, int bytes, String order) {
    this.jwkName = jwkName;
    this.bytes = bytes;
    this.order = new BigInteger(order, 16);
  }

  String jwkName() {
    return jwkName;
  }

  /** The length of a coordinate. */
  int bytes() {
    return bytes;
  }

  static Curve of(ECParameterSpec parameters) {
    for (Curve curve : values()) {
      if (curve.order.equals(parameters.getOrder())) {
        return curve;
      }
    }
    throw new MalformedKeyException(
        "holds an EC key on another curve than P-256, P-384 or P-521: make a new pair with gatehouse ta-create-keypair");
  }

  /**
   * The public point of a private key, which the JDK does not compute. Its running time depends on
   * the key: it runs once, on the owner's machine, and answers nobody.
   */
  static ECPoint publicPoint(ECPrivateKey key) {
    ECParameterSpec parameters = key.getParams();
    of(parameters);
    BigInteger scalar = key.getS();
    if (scalar.signum() <= 0 || scalar.compareTo(parameters.getOrder()) >= 0) {
      throw new MalformedKeyException("holds an EC key that is out of its curve's range");
    }
    ECPoint sum = ECPoint.POINT_INFINITY;
    for (int bit = scalar.bitLength() - 1; bit >= 0; bit--) {
      sum = add(parameters.getCurve(), sum, sum);
      if (scalar.testBit(bit)) {
        sum = add(parameters.getCurve(), sum, parameters.getGenerator());
      }
    }
    return sum;
  }

  private static ECPoint add(EllipticCurve curve, ECPoint a, ECPoint b) {
    if (a.equals(ECPoint.POINT_INFINITY)) {
      return b;
    }
    if (b.equals(ECPoint.POINT_INFINITY)) {
      return a;
    }
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger ax = a.getAffineX();
    BigInteger ay = a.getAffineY();
    BigInteger bx = b.getAffineX();
    BigInteger slope;
    if (!ax.equals(bx)) {
      slope = b.getAffineY().subtract(ay).multiply(bx.subtract(ax).modInverse(p)).mod(p);
    } else if (ay.equals(b.getAffineY()) && ay.signum() != 0) {
      BigInteger rise = ax.multiply(ax).multiply(THREE).add(curve.getA());
      slope = rise.multiply(ay.multiply(TWO).modInverse(p)).mod(p);
    } else {
      return ECPoint.POINT_INFINITY;
    }
    BigInteger x = slope.multiply(slope).subtract(ax).subtract(bx).mod(p);
    return new ECPoint(x, slope.multiply(ax.subtract(x)).subtract(ay).mod(p));
  }
}
