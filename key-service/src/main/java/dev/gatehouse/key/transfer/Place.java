package dev.gatehouse.key.transfer;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Optional;

/**
 * A place in the export, which is sorted by kind and then by id.
 *
 * @param id of the entry before; empty: at the beginning of the kind
 */
record Place(String kind, Optional<String> id) {

  static final Place START = new Place("", Optional.empty());

  /** An entry where it was found. */
  record Found(String kind, RegistryPart.Exported exported) {

    String key() {
      return kind + " " + exported.id();
    }
  }

  static Place parse(String key) {
    int space = key.indexOf(' ');
    if (space < 1) {
      throw new Invalid(
          ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
    }
    return new Place(key.substring(0, space), Optional.of(key.substring(space + 1)));
  }

  /** After everything of a kind, and before whatever kind comes next. */
  static Place behind(String kind) {
    return new Place(kind + "\0", Optional.empty());
  }
}
