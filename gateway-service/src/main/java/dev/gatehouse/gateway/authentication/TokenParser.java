package dev.gatehouse.gateway.authentication;

import com.fasterxml.jackson.core.JsonParser;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unauthenticated;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a compact JWS (RFC 7515 §7.1) that holds a JWT, in one strict form: what can be written in
 * two ways, or understood in two, is refused (RFC 8725).
 */
final class TokenParser {

  /** The longest token, in characters. */
  static final int MAX_TOKEN = 8 * 1024;

  private static final int MAX_KID = 256;
  private static final Set<String> TYPES = Set.of("jwt", "at+jwt");
  private static final String MEDIA_TYPE_PREFIX = "application/";

  private TokenParser() {}

  /**
   * @throws Unauthenticated {@code token_malformed}, {@code algorithm_refused} or {@code
   *     claims_invalid}
   */
  static UnverifiedToken parse(String token) {
    if (token.length() > MAX_TOKEN) {
      throw malformed("The token is longer than " + MAX_TOKEN + " characters");
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      throw malformed("The token does not have three parts");
    }
    Header header = Header.read(Base64Url.decode(token, 0, first));
    Claims claims = ClaimsReader.read(Base64Url.decode(token, first + 1, second));
    byte[] signature = Base64Url.decode(token, second + 1, token.length());
    byte[] signingInput = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
    return new UnverifiedToken(
        new TokenFacts(header.algorithm(), header.kid(), claims, TokenHash.hex(signingInput)),
        signingInput,
        signature);
  }

  static Unauthenticated malformed(String detail) {
    return new Unauthenticated(ErrorCode.TOKEN_MALFORMED, detail);
  }

  private record Header(Algorithm algorithm, String kid) {

    static Header read(byte[] utf8) {
      Fields fields = new Fields();
      try {
        StrictJson.read(utf8, fields);
      } catch (IOException e) {
        throw malformed("The token's header is not a JSON object of unique names");
      }
      return fields.header();
    }
  }

  /**
   * Keys that a header brings along ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are not
   * looked at.
   */
  private static final class Fields implements StrictJson.Member {

    private @Nullable String algorithm;
    private @Nullable String kid;

    @Override
    public void read(String name, JsonParser value) throws IOException {
      switch (name) {
        case "alg" -> algorithm = text(name, value);
        case "kid" -> kid = text(name, value);
        case "typ" -> checkType(text(name, value));
        case "crit", "b64" -> throw malformed("The token's header has an extension: " + name);
        default -> value.skipChildren();
      }
    }

    Header header() {
      Algorithm known =
          Optional.ofNullable(algorithm)
              .flatMap(Algorithm::named)
              .orElseThrow(
                  () ->
                      new Unauthenticated(
                          ErrorCode.ALGORITHM_REFUSED, "The token's algorithm is not accepted"));
      if (kid == null || kid.isEmpty() || kid.length() > MAX_KID) {
        throw malformed("The token's header has no kid of 1 to " + MAX_KID + " characters");
      }
      return new Header(known, kid);
    }

    private static String text(String name, JsonParser value) throws IOException {
      return StrictJson.string(value)
          .orElseThrow(() -> malformed("The token's header has a strange " + name));
    }

    /** RFC 7515 §4.1.9, RFC 9068 §4: case does not matter, nor does {@code application/}. */
    private static void checkType(String type) {
      String lower = type.toLowerCase(Locale.ROOT);
      String shortForm =
          lower.startsWith(MEDIA_TYPE_PREFIX) ? lower.substring(MEDIA_TYPE_PREFIX.length()) : lower;
      if (!TYPES.contains(shortForm)) {
        throw malformed("The token's typ is neither JWT nor at+jwt");
      }
    }
  }
}
