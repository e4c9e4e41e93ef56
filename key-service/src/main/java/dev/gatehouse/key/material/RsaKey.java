package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import java.math.BigInteger;
import java.util.Optional;
import java.util.Set;

/**
 * An RSA key of {@value #MIN_BITS} to {@value #MAX_BITS} bits with the exponent {@value #EXPONENT}.
 */
record RsaKey(BigInteger modulus, BigInteger exponent) implements VerificationKey {

  static final int MIN_BITS = 2048;

  /** Verification grows with the square of the size; larger keys would be a way to slow us down. */
  static final int MAX_BITS = 8192;

  static final int EXPONENT = 65537;

  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

  /** The primes below 752, whose multiples NIST SP 800-89 §5.3.3 refuses as a modulus. */
  private static final BigInteger SMALL_PRIMES = productOfPrimesBelow(752);

  RsaKey {
    if (modulus.signum() <= 0) {
      throw invalid("The RSA modulus is not a positive number");
    }
    int bits = modulus.bitLength();
    if (bits < MIN_BITS || bits > MAX_BITS) {
      throw invalid(
          "An RSA key has " + MIN_BITS + " to " + MAX_BITS + " bits, this one has " + bits);
    }
    if (!exponent.equals(BigInteger.valueOf(EXPONENT))) {
      throw invalid("The exponent of an RSA key must be " + EXPONENT);
    }
    if (!modulus.gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
      throw invalid("The RSA modulus has a small factor, so the key is worthless");
    }
  }

  @Override
  public byte[] subjectPublicKeyInfo() {
    return DerWriter.subjectPublicKeyInfo(
        DerWriter.sequence(DerWriter.oid(Oid.RSA), DerWriter.nothing()),
        DerWriter.sequence(DerWriter.integer(modulus), DerWriter.integer(exponent)));
  }

  @Override
  public String algorithm() {
    return "RSA";
  }

  @Override
  public Optional<Integer> size() {
    return Optional.of(modulus.bitLength());
  }

  @Override
  public Set<String> signatureAlgorithms() {
    return ALGORITHMS;
  }

  @Override
  public String thumbprintInput() {
    return "{\"e\":\""
        + Base64Url.ofNumber(exponent)
        + "\",\"kty\":\"RSA\",\"n\":\""
        + Base64Url.ofNumber(modulus)
        + "\"}";
  }

  private static BigInteger productOfPrimesBelow(int limit) {
    BigInteger product = BigInteger.ONE;
    for (int i = 2; i < limit; i++) {
      BigInteger candidate = BigInteger.valueOf(i);
      if (candidate.gcd(product).equals(BigInteger.ONE)) {
        product = product.multiply(candidate);
      }
    }
    return product;
  }
}
