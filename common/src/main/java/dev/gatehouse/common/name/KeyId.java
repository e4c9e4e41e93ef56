package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Base64;

/** The RFC 7638 thumbprint of a public key: SHA-256, base64url, {@value #LENGTH} characters. */
public record KeyId(@JsonValue String value) {

  public static final int LENGTH = 43;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public KeyId {
    if (!isThumbprint(value)) {
      throw new Invalid(
          ErrorCode.KEY_ID_INVALID,
          "A key id is an RFC 7638 thumbprint of " + LENGTH + " base64url characters");
    }
  }

  public static KeyId ofSha256(byte[] digest) {
    return new KeyId(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
  }

  public static boolean isThumbprint(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      boolean base64url =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_';
      if (!base64url) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
