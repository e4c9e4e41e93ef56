package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import java.math.BigInteger;
import java.util.Set;

/**
 * An Ed25519 key (RFC 8032 §5.1): a point in its only canonical form, and not one of the eight of
 * small order, under which anybody can sign.
 *
 * @param odd the lowest bit of x, which travels as the sign bit
 */
record Ed25519Key(BigInteger y, boolean odd) implements VerificationKey {

  static final int LENGTH = 32;

  private static final BigInteger ONE = BigInteger.ONE;
  private static final BigInteger TWO = BigInteger.TWO;
  private static final BigInteger PRIME = ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(PRIME)).mod(PRIME);

  Ed25519Key {
    if (y.signum() < 0 || y.compareTo(PRIME) >= 0) {
      throw invalid("The Ed25519 key is not in canonical form");
    }
    BigInteger x = xOf(y);
    if (x.signum() == 0 && odd) {
      throw invalid("The Ed25519 key is not in canonical form");
    }
    if (isOfSmallOrder(x, y)) {
      throw invalid("The Ed25519 key is a point of small order, so the key is worthless");
    }
  }

  static Ed25519Key ofOctets(byte[] octets) {
    if (octets.length != LENGTH) {
      throw invalid("An Ed25519 key has " + LENGTH + " octets, this one has " + octets.length);
    }
    BigInteger encoded = new BigInteger(1, Octets.reversed(octets));
    return new Ed25519Key(encoded.clearBit(255), encoded.testBit(255));
  }

  @Override
  public byte[] subjectPublicKeyInfo() {
    return DerWriter.subjectPublicKeyInfo(DerWriter.sequence(DerWriter.oid(Oid.ED25519)), octets());
  }

  @Override
  public String algorithm() {
    return "Ed25519";
  }

  @Override
  public Set<String> signatureAlgorithms() {
    return Set.of("EdDSA");
  }

  /** RFC 8037 §2. */
  @Override
  public String thumbprintInput() {
    return "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + Base64Url.of(octets()) + "\"}";
  }

  private byte[] octets() {
    return Octets.reversed(Octets.bigEndian(odd ? y.setBit(255) : y, LENGTH));
  }

  /** Either of the two x with {@code -x² + y² = 1 + dx²y²} (RFC 8032 §5.1.3). */
  private static BigInteger xOf(BigInteger y) {
    BigInteger ySquared = y.multiply(y);
    BigInteger xSquared =
        ySquared.subtract(ONE).multiply(D.multiply(ySquared).add(ONE).modInverse(PRIME)).mod(PRIME);
    BigInteger root = xSquared.modPow(PRIME.add(BigInteger.valueOf(3)).shiftRight(3), PRIME);
    if (!isSquareRoot(root, xSquared)) {
      BigInteger rootOfMinusOne = TWO.modPow(PRIME.subtract(ONE).shiftRight(2), PRIME);
      root = root.multiply(rootOfMinusOne).mod(PRIME);
    }
    if (!isSquareRoot(root, xSquared)) {
      throw invalid("The Ed25519 key is not a point on its curve");
    }
    return root;
  }

  private static boolean isSquareRoot(BigInteger root, BigInteger square) {
    return root.multiply(root).mod(PRIME).equals(square);
  }

  /** Whether eight times the point is the neutral element, (0, 1). */
  private static boolean isOfSmallOrder(BigInteger x, BigInteger y) {
    BigInteger px = x;
    BigInteger py = y;
    for (int i = 0; i < 3; i++) {
      BigInteger dxxyy = D.multiply(px).multiply(px).multiply(py).multiply(py).mod(PRIME);
      BigInteger doubledX =
          TWO.multiply(px).multiply(py).multiply(ONE.add(dxxyy).modInverse(PRIME)).mod(PRIME);
      BigInteger doubledY =
          py.multiply(py)
              .add(px.multiply(px))
              .multiply(ONE.subtract(dxxyy).modInverse(PRIME))
              .mod(PRIME);
      px = doubledX;
      py = doubledY;
    }
    return px.signum() == 0 && py.equals(ONE);
  }
}
