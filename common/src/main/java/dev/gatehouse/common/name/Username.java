package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;

/** A user of an issuer: 1 to {@value #MAX_LENGTH} printable characters, not {@code *}. */
public record Username(@JsonValue String value) {

  public static final int MAX_LENGTH = 200;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Username {
    if (value.isBlank() || value.length() > MAX_LENGTH || value.equals("*")) {
      throw new Invalid(
          ErrorCode.USERNAME_INVALID,
          "A username has 1 to " + MAX_LENGTH + " characters and is not *");
    }
    if (value.chars().anyMatch(c -> c < 0x20 || c > 0x7e)) {
      throw new Invalid(ErrorCode.USERNAME_INVALID, "A username is made of printable ASCII");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
