package dev.gatehouse.key.material;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The object identifiers of the keys that are accepted, and of those that are refused by name. */
enum Oid {
  RSA("2a864886f70d010101", "RSA"),
  EC("2a8648ce3d0201", "EC"),
  ED25519("2b6570", "Ed25519"),
  P256("2a8648ce3d030107", "P-256"),
  P384("2b81040022", "P-384"),
  P521("2b81040023", "P-521"),

  RSA_PSS("2a864886f70d01010a", "RSASSA-PSS"),
  RSA_OAEP("2a864886f70d010107", "RSAES-OAEP"),
  DSA("2a8648ce380401", "DSA"),
  DH("2a864886f70d010301", "Diffie-Hellman"),
  X25519("2b656e", "X25519"),
  X448("2b656f", "X448"),
  ED448("2b6571", "Ed448"),
  SECP256K1("2b8104000a", "secp256k1"),
  P192("2a8648ce3d030101", "P-192"),
  P224("2b81040021", "P-224");

  private static final HexFormat HEX = HexFormat.of();

  private final String hex;
  private final String keyName;

  Oid(String hex, String keyName) {
    this.hex = hex;
    this.keyName = keyName;
  }

  static Optional<Oid> of(byte[] encoded) {
    String hex = HEX.formatHex(encoded);
    return Arrays.stream(values()).filter(oid -> oid.hex.equals(hex)).findFirst();
  }

  byte[] encoded() {
    return HEX.parseHex(hex);
  }

  String keyName() {
    return keyName;
  }
}
