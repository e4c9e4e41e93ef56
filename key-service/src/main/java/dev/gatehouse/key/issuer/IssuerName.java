package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.regex.Pattern;

/** What an owner calls an issuer: 1 to 40 characters of {@code [a-z0-9-]}. */
record IssuerName(String value) {

  private static final Pattern LEGAL = Pattern.compile("[a-z0-9-]{1,40}");

  /** The issuer of {@code AUTH_JWT_*}. */
  static final IssuerName DEFAULT = new IssuerName("default");

  IssuerName {
    if (!isLegal(value)) {
      throw new Invalid(
          ErrorCode.FIELD_INVALID,
          "The name of an issuer has 1 to 40 characters of a-z, 0-9 and -");
    }
  }

  static boolean isLegal(String text) {
    return LEGAL.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value;
  }
}
