package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/** A place in the list of issuers, which is sorted by owner and then by name. */
record IssuerPosition(String owner, String name) {

  static IssuerPosition parse(String key) {
    int space = key.indexOf(' ');
    if (space < 0) {
      throw new Invalid(
          ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
    }
    return new IssuerPosition(key.substring(0, space), key.substring(space + 1));
  }

  /** The inverse of {@link #parse}. */
  static String key(Issuer issuer) {
    return issuer.owner + " " + issuer.name;
  }
}
