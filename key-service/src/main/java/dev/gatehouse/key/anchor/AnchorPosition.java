package dev.gatehouse.key.anchor;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/** A place in the list of anchors, which is sorted by owner and then by key. */
record AnchorPosition(String owner, String keyId) {

  static AnchorPosition parse(String key) {
    int space = key.indexOf(' ');
    if (space < 0) {
      throw new Invalid(
          ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
    }
    return new AnchorPosition(key.substring(0, space), key.substring(space + 1));
  }

  /** The inverse of {@link #parse}. */
  static String key(Anchor anchor) {
    return anchor.owner + " " + anchor.keyId;
  }
}
