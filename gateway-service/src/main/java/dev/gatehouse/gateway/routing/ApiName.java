package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Set;

/**
 * The name of an api: {@value #MIN_LENGTH} to {@value #MAX_LENGTH} characters of {@code [a-z0-9]}.
 * It has no hyphen, so that it ends where the tenant begins in a host {@code <api>-<tenant>}, and
 * is none of the words that stand for something else in hosts and scopes.
 */
public record ApiName(String value) {

  public static final int MIN_LENGTH = 2;
  public static final int MAX_LENGTH = 20;

  private static final Set<String> RESERVED =
      Set.of("api", "console", "tenants", "keys", "issuers", "audit");

  public ApiName {
    if (!isLegal(value)) {
      throw new Invalid(
          ErrorCode.FIELD_INVALID,
          "The name of an api has "
              + MIN_LENGTH
              + " to "
              + MAX_LENGTH
              + " characters of a-z and 0-9, and is not api, console, tenants, keys, issuers or"
              + " audit");
    }
  }

  static boolean isLegal(String text) {
    if (text.length() < MIN_LENGTH || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) {
        return false;
      }
    }
    return !RESERVED.contains(text);
  }

  @Override
  public String toString() {
    return value;
  }
}
