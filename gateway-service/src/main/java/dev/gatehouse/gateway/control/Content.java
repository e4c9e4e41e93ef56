package dev.gatehouse.gateway.control;

import java.util.Set;

/**
 * What the body of a call may be.
 *
 * @param mediaTypes without any there is no body
 * @param optional whether it may be left out, which is the same as an empty object
 */
record Content(Set<String> mediaTypes, boolean optional, int maxBytes) {

  private static final int MIB = 1024 * 1024;
  private static final String OBJECT = "application/json";

  static final Content NONE = new Content(Set.of(), true, MIB);
  static final Content JSON = new Content(Set.of(OBJECT), false, MIB);
  static final Content MAYBE_JSON = new Content(Set.of(OBJECT), true, MIB);
  static final Content PATCH =
      new Content(Set.of(OBJECT, "application/merge-patch+json"), false, MIB);

  /** Many objects at once. */
  static final Content BATCH = new Content(Set.of(OBJECT), false, 4 * MIB);

  Content {
    mediaTypes = Set.copyOf(mediaTypes);
  }

  boolean isNone() {
    return mediaTypes.isEmpty();
  }

  /** For people. */
  String limit() {
    return maxBytes / MIB + " MiB";
  }
}
