package dev.gatehouse.cli.revocation;

import java.util.regex.Pattern;

/** SHA-256 of a token's header and payload, in lower-case hex. */
public record TokenHash(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  public TokenHash {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("the hash of a token has 64 digits of lower-case hex");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
