package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings to prove who is asking: a bearer token (RFC 6750 §2.1), or a basic
 * credential (RFC 7617) whose password is the token, for clients that can send nothing else.
 */
public sealed interface Credentials {

  /** What was shown as a bearer token; nothing about it has been verified. */
  final class Token implements Credentials {

    private final String value;
    private @Nullable TokenHash hash;

    public Token(String value) {
      this.value = value;
    }

    public String value() {
      return value;
    }

    /**
     * What is wrong with its form, which {@link Authenticator#cached} need not be asked before: a
     * token that is remembered has the form of one.
     */
    public Optional<Authentication.Refused> flaw() {
      return B64Token.is(value) ? Optional.empty() : Optional.of(NO_TOKEN.refusal());
    }

    /** Worked out once, as a token that is not remembered is asked for twice. */
    TokenHash hash() {
      TokenHash known = hash;
      if (known == null) {
        known = TokenHash.of(value);
        hash = known;
      }
      return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Token token && token.value.equals(value);
    }

    @Override
    public int hashCode() {
      return value.hashCode();
    }

    @Override
    public String toString() {
      return "Token[" + value.length() + " characters]";
    }
  }

  record Missing() implements Credentials {

    public Authentication.Refused refusal() {
      return NONE;
    }
  }

  record Malformed(String detail) implements Credentials {

    public Authentication.Refused refusal() {
      return new Authentication.Refused(ErrorCode.AUTHORIZATION_MALFORMED, detail);
    }
  }

  /** The start of this sentence is what Opstrace's clients look for. */
  Authentication.Refused NONE =
      new Authentication.Refused(
          ErrorCode.AUTHORIZATION_MISSING, "Authorization header missing: send a bearer token");

  Malformed NO_TOKEN = new Malformed("The Authorization header does not hold one bearer token");

  /** The most that a basic credential may have, in characters: a token, a name and base64. */
  int MAX_BASIC = 12 * 1024;

  /** Those of a request with these headers. */
  static Credentials from(MultiMap headers) {
    return from(headers.getAll("Authorization"), headers);
  }

  /**
   * Those of a request whose headers have been gone through.
   *
   * @param values of {@code Authorization}, one for each time that it is there
   * @param headers all of them
   */
  static Credentials from(List<String> values, MultiMap headers) {
    if (values.isEmpty()) {
      return new Missing();
    }
    if (values.size() > 1) {
      return new Malformed("More than one Authorization header");
    }
    String value = values.get(0);
    int space = value.indexOf(' ');
    String scheme = space < 0 ? value : value.substring(0, space);
    String rest = space < 0 ? "" : afterSpaces(value, space);
    if (scheme.equalsIgnoreCase("Bearer")) {
      return token(rest);
    }
    if (scheme.equalsIgnoreCase("Basic")) {
      return isCrossSite(headers)
          ? new Malformed("Basic authorization is refused across sites")
          : basic(rest);
    }
    return new Malformed("The Authorization header is not a bearer token");
  }

  private static Credentials token(String text) {
    return text.isEmpty() ? NO_TOKEN : new Token(text);
  }

  private static Credentials basic(String text) {
    String decoded = decoded(text);
    int colon = decoded == null ? -1 : decoded.indexOf(':');
    return decoded == null || colon < 0
        ? new Malformed("The Authorization header holds no basic credential")
        : token(decoded.substring(colon + 1));
  }

  private static @Nullable String decoded(String text) {
    if (text.length() > MAX_BASIC) {
      return null;
    }
    try {
      // A byte beyond ASCII cannot be part of a token, so how it is decoded does not matter.
      return new String(Base64.getDecoder().decode(text), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** A browser sends stored basic credentials along with requests that another site made up. */
  private static boolean isCrossSite(MultiMap headers) {
    for (String value : headers.getAll("Sec-Fetch-Site")) {
      if (value.equalsIgnoreCase("cross-site")) {
        return true;
      }
    }
    return false;
  }

  private static String afterSpaces(String text, int start) {
    int i = start;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return text.substring(i);
  }
}
