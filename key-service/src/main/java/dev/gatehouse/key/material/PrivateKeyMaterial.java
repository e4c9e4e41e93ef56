package dev.gatehouse.key.material;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds private key material in what was sent, also where it is cut off, mislabelled or not asked
 * for, and refuses it without quoting it. It is meant to find too much rather than too little.
 */
public final class PrivateKeyMaterial {

  /** Every PEM type of private keys, PGP and SSH2 ones included, and PuTTY's own form. */
  private static final Pattern ARMOUR =
      Pattern.compile(
          "BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY|PuTTY-User-Key-File|Private-Lines:",
          Pattern.CASE_INSENSITIVE);

  /** RFC 7518 §6.2.2, §6.3.2 and §6.4.1, RFC 8037 §2, and {@code priv} of RFC 9964. */
  private static final Set<String> JWK_MEMBERS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv");

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private static final byte[] OPENSSH_MAGIC = "openssh-key-v1".getBytes(StandardCharsets.US_ASCII);

  /** The shortest private key in DER has some 39 octets; shorter texts are not worth a look. */
  private static final int SHORTEST_BASE64 = 52;

  /** Enough to see the beginning of the structure; a multiple of four. */
  private static final int BASE64_PREFIX = 64;

  /** Versions of PKCS#1, PKCS#8, SEC 1 and PKCS#12; a public key starts with no small number. */
  private static final int HIGHEST_VERSION = 3;

  private PrivateKeyMaterial() {}

  /**
   * Looks through a text.
   *
   * @throws Invalid when the text holds a private key
   */
  public static void refuseIn(String text) {
    if (ARMOUR.matcher(text).find() || isPrivateBase64(text)) {
      throw KeyRefusals.privateKey();
    }
  }

  /**
   * Looks through all texts and names of members.
   *
   * @throws Invalid when there is a private key, or a member of a private JWK, anywhere in the tree
   */
  public static void refuseIn(JsonNode tree) {
    if (tree.isTextual()) {
      refuseIn(tree.textValue());
    }
    for (Map.Entry<String, JsonNode> member : tree.properties()) {
      if (JWK_MEMBERS.contains(member.getKey())) {
        throw KeyRefusals.privateKey();
      }
      refuseIn(member.getKey());
    }
    tree.forEach(PrivateKeyMaterial::refuseIn);
  }

  /** Whether DER, possibly cut off, is that of a private key: PKCS#1, #8, #12 or SEC 1. */
  static boolean isPrivate(byte[] der) {
    if (startsWith(der, OPENSSH_MAGIC)) {
      return true;
    }
    int content = contentOf(der, 0);
    if (content < 0 || der[0] != Der.SEQUENCE) {
      return false;
    }
    if (startsWithVersion(der, content)) {
      return true;
    }
    return isEncryptedPkcs8(der, content);
  }

  private static boolean startsWithVersion(byte[] der, int at) {
    return at + 2 < der.length
        && der[at] == Der.INTEGER
        && der[at + 1] == 1
        && der[at + 2] >= 0
        && der[at + 2] <= HIGHEST_VERSION;
  }

  /** {@code SEQUENCE { SEQUENCE algorithm, OCTET STRING }} (RFC 5958 §3). */
  private static boolean isEncryptedPkcs8(byte[] der, int at) {
    int algorithm = contentOf(der, at);
    if (algorithm < 0 || der[at] != Der.SEQUENCE) {
      return false;
    }
    // 1.2.840.113549.1.5 and .1.12.1: the password-based schemes of PKCS#5 and PKCS#12
    byte[] pkcs = {Der.OID, 9, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 5};
    byte[] pkcs12 = {Der.OID, 10, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 12};
    return startsWith(der, algorithm, pkcs) || startsWith(der, algorithm, pkcs12);
  }

  /** Where the content of the element at this place starts; -1 if there is none. */
  private static int contentOf(byte[] der, int at) {
    if (at + 1 >= der.length) {
      return -1;
    }
    int first = der[at + 1] & 0xff;
    int lengthOctets = first < 0x80 ? 0 : first & 0x7f;
    int content = at + 2 + lengthOctets;
    return lengthOctets > 4 || content >= der.length ? -1 : content;
  }

  /** Looks at the text as a whole, wrapped or not, and at each word of it. */
  private static boolean isPrivateBase64(String text) {
    return startsPrivate(WHITE_SPACE.matcher(text).replaceAll(""))
        || WHITE_SPACE.splitAsStream(text).anyMatch(PrivateKeyMaterial::startsPrivate);
  }

  private static boolean startsPrivate(String word) {
    if (word.length() < SHORTEST_BASE64) {
      return false;
    }
    String base64 = word.replace('-', '+').replace('_', '/');
    String prefix = base64.substring(0, Math.min(base64.length() / 4 * 4, BASE64_PREFIX));
    try {
      return isPrivate(Base64.getDecoder().decode(prefix));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return startsWith(bytes, 0, prefix);
  }

  private static boolean startsWith(byte[] bytes, int at, byte[] prefix) {
    if (at + prefix.length > bytes.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if (bytes[at + i] != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
