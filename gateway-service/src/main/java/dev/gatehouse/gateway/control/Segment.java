package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/**
 * The variable parts of a path. Each is read into its type, and written again from that in one way
 * only.
 */
enum Segment {
  TENANT,
  KEY,
  REVOCATION,
  ISSUER,
  USERNAME,
  GATEWAY,
  REVISION;

  private static final int MAX_ISSUER = 40;
  private static final int MAX_GATEWAY = 64;
  private static final int MAX_REVISION = 18;

  /** The one that a path names in braces. */
  static Segment named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * As it stands in the path that a service sees.
   *
   * @param text decoded
   * @throws Invalid when it cannot be one
   */
  String rewritten(String text) {
    return switch (this) {
      case TENANT -> new TenantId(text).value();
      case KEY -> key(text);
      case REVOCATION -> revocation(text);
      case ISSUER -> issuer(text);
      case USERNAME -> encoded(new Username(text).value());
      case GATEWAY -> gateway(text);
      case REVISION -> revision(text);
    };
  }

  private static String key(String text) {
    if (KeyId.isThumbprint(text) || OpstraceKeyId.isHexSha1(text)) {
      return text;
    }
    throw new Invalid(
        ErrorCode.KEY_ID_INVALID,
        "A key id has 43 base64url characters or 40 lower-case hex digits");
  }

  /** {@link UUID#fromString} alone takes shorter forms too. */
  private static String revocation(String text) {
    try {
      String canonical = UUID.fromString(text).toString();
      if (canonical.equalsIgnoreCase(text)) {
        return canonical;
      }
    } catch (IllegalArgumentException e) {
      throw malformed("The id of a revocation is a UUID");
    }
    throw malformed("The id of a revocation is a UUID");
  }

  private static String issuer(String text) {
    if (!isMadeOf(text, MAX_ISSUER, "-") || text.chars().anyMatch(c -> c >= 'A' && c <= 'Z')) {
      throw malformed("An issuer's name has 1 to " + MAX_ISSUER + " characters of a-z, 0-9 and -");
    }
    return text;
  }

  private static String gateway(String text) {
    if (!isMadeOf(text, MAX_GATEWAY, "._-")) {
      throw malformed(
          "A gateway's id has 1 to " + MAX_GATEWAY + " characters of A-Z, a-z, 0-9, . _ -");
    }
    return text;
  }

  private static String revision(String text) {
    if (!isMadeOf(text, MAX_REVISION, "") || text.chars().anyMatch(c -> c > '9')) {
      throw malformed("A revision is a whole number");
    }
    return text;
  }

  private static boolean isMadeOf(String text, int maxLength, String further) {
    return !text.isEmpty()
        && text.length() <= maxLength
        && text.chars().allMatch(c -> isLetterOrDigit(c) || further.indexOf(c) >= 0);
  }

  private static boolean isLetterOrDigit(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Everything but what RFC 3986 §2.3 calls unreserved is percent-encoded. */
  private static String encoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (isLetterOrDigit(b) || "-._~".indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", b));
      }
    }
    return encoded.toString();
  }

  private static Invalid malformed(String detail) {
    return new Invalid(ErrorCode.REQUEST_MALFORMED, detail);
  }
}
