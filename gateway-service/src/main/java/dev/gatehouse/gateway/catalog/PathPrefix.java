package dev.gatehouse.gateway.catalog;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/**
 * Where a backend serves its Prometheus API: {@code /prometheus}, {@code /api/prom}, or nothing.
 */
public record PathPrefix(String value) {

  public static final PathPrefix NONE = new PathPrefix("");

  public PathPrefix {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean slash = c == '/';
      boolean emptySegment = slash && (i + 1 == value.length() || value.charAt(i + 1) == '/');
      if ((i == 0 && !slash) || emptySegment || !(slash || isUnreserved(c))) {
        throw new Invalid(
            ErrorCode.FIELD_INVALID,
            "A path prefix is empty, or starts with / and has segments of 0-9, A-Z, a-z and -_~;"
                + " write it like /prometheus");
      }
    }
  }

  /** Dots are left out, so that no prefix can climb (RFC 3986 §5.2.4). */
  private static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '~';
  }

  @Override
  public String toString() {
    return value;
  }
}
