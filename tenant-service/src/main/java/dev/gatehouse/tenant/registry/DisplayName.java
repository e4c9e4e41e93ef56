package dev.gatehouse.tenant.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/**
 * What people call a tenant: at most {@value #MAX_LENGTH} characters on one line; empty: nothing.
 */
record DisplayName(@JsonValue String value) {

  static final int MAX_LENGTH = 100;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  DisplayName {
    if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
      throw new Invalid(
          ErrorCode.FIELD_INVALID, "displayName has at most " + MAX_LENGTH + " characters");
    }
    if (value.codePoints().anyMatch(DisplayName::isRefused)) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "displayName has no control characters");
    }
  }

  private static boolean isRefused(int c) {
    return Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || Character.getType(c) == Character.SURROGATE
        || Character.getType(c) == Character.LINE_SEPARATOR
        || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
  }
}
