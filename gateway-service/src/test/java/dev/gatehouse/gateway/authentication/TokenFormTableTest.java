package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.common.error.ErrorCode.ALGORITHM_REFUSED;
import static dev.gatehouse.common.error.ErrorCode.SIGNATURE_INVALID;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_MALFORMED;
import static dev.gatehouse.gateway.authentication.Scene.kid;
import static dev.gatehouse.gateway.authentication.Scene.token;
import static dev.gatehouse.gateway.authentication.TwinTable.row;

import dev.gatehouse.common.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token may look like: each reason to refuse its form beside a token that is accepted. */
class TokenFormTableTest {

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"form", "header"})
  void aTokenIsRefusedForOneReasonAndItsTwinIsAccepted(
      String reason, ErrorCode code, String refused, String twin) {
    TwinTable.check(code, refused, twin);
  }

  static Stream<Arguments> form() {
    String good = token().token();
    return Stream.of(
        row("no token at all", TOKEN_MALFORMED, "", good),
        row("two parts", TOKEN_MALFORMED, good.substring(0, good.lastIndexOf('.')), good),
        row("four parts", TOKEN_MALFORMED, good + ".", good),
        row("five parts (JWE)", TOKEN_MALFORMED, good + ".AA.AA", good),
        row("longer than 8 KiB", TOKEN_MALFORMED, ofLength(9 * 1024), ofLength(7 * 1024)),
        row("one character too long", TOKEN_MALFORMED, ofLength(8193), ofLength(8192)),
        row("padding", TOKEN_MALFORMED, good + "=", good),
        row("stray bits in the signature", TOKEN_MALFORMED, withStrayBits(good), good),
        row("a line break in the signature", TOKEN_MALFORMED, good + "\n", good),
        row("base64 instead of base64url", TOKEN_MALFORMED, "+" + good.substring(1), good),
        row("a header that is an array", TOKEN_MALFORMED, header("[]"), good),
        row("a payload that is a string", TOKEN_MALFORMED, payload("\"a\""), good),
        row("an empty payload", TOKEN_MALFORMED, payload(""), good),
        row("a payload cut short", TOKEN_MALFORMED, cut(1), cut(0)),
        row("something after the payload", TOKEN_MALFORMED, append(" {}"), append(" ")),
        row("a byte order mark", TOKEN_MALFORMED, prepend("\u00ef\u00bb\u00bf"), prepend(" ")),
        row("invalid UTF-8", TOKEN_MALFORMED, note("\"\u00ff\""), note("\"\u00c3\u00bc\"")),
        row("overlong UTF-8", TOKEN_MALFORMED, note("\"\u00c0\u00af\""), note("\"/\"")),
        row("a surrogate in UTF-8", TOKEN_MALFORMED, note("\"\u00ed\u00a0\u0080\""), good),
        row("a control character", TOKEN_MALFORMED, note("\"\n\""), note("\"\\n\"")),
        row("a comment", TOKEN_MALFORMED, note("1/**/"), note("1")),
        row("a number with a leading zero", TOKEN_MALFORMED, note("01"), note("1")),
        row("not a number", TOKEN_MALFORMED, note("NaN"), note("null")),
        row("too deep", TOKEN_MALFORMED, note(nested(16)), note(nested(15))),
        row("a claim twice", TOKEN_MALFORMED, twice("sub"), good),
        row(
            "a claim twice, once in disguise",
            TOKEN_MALFORMED,
            token().rawPayload(json -> json.replace("{", "{\"s\\u0075b\":\"x\",")).token(),
            good),
        row(
            "a name twice, deep inside",
            TOKEN_MALFORMED,
            note("{\"a\":[{\"b\":1,\"b\":2}]}"),
            note("{\"a\":[{\"b\":1,\"c\":2}]}")));
  }

  static Stream<Arguments> header() {
    String good = token().token();
    return Stream.of(
        row(
            "a header twice",
            TOKEN_MALFORMED,
            token().rawHeader(json -> json.replace("{", "{\"alg\":\"none\",")).token(),
            good),
        row(
            "alg none",
            ALGORITHM_REFUSED,
            token().header("alg", "none").signedWith(new byte[0]),
            good),
        row("alg None", ALGORITHM_REFUSED, token().header("alg", "None").token(), good),
        row("alg rs256", ALGORITHM_REFUSED, token().header("alg", "rs256").token(), good),
        row("alg missing", ALGORITHM_REFUSED, token().withoutHeader("alg").token(), good),
        row("HS256 signed with the public key", ALGORITHM_REFUSED, hs256(), good),
        row(
            "alg is no string",
            TOKEN_MALFORMED,
            token().headerJson("alg", "[\"RS256\"]").token(),
            good),
        row("no kid", TOKEN_MALFORMED, token().withoutHeader("kid").token(), good),
        row("an empty kid", TOKEN_MALFORMED, token().header("kid", "").token(), good),
        row("crit", TOKEN_MALFORMED, token().headerJson("crit", "[\"exp\"]").token(), good),
        row("an empty crit", TOKEN_MALFORMED, token().headerJson("crit", "[]").token(), good),
        row("b64", TOKEN_MALFORMED, token().headerJson("b64", "false").token(), good),
        row("typ of another purpose", TOKEN_MALFORMED, typ("dpop+jwt"), typ("at+jwt")),
        row(
            "typ that is nearly one",
            TOKEN_MALFORMED,
            typ("application/x/jwt"),
            typ("application/JWT")),
        row("typ of a logout token", TOKEN_MALFORMED, typ("logout+jwt"), typ("Application/AT+JWT")),
        row(
            "typ is no string",
            TOKEN_MALFORMED,
            token().headerJson("typ", "null").token(),
            token().withoutHeader("typ").token()),
        row(
            "a key that the token brings along",
            SIGNATURE_INVALID,
            Scene.token(TestKeys.OTHER_RSA, "RS256", "acme")
                .header("kid", kid(TestKeys.RSA.getPublic()))
                .headerJson("jwk", "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"AQAB\"}")
                .token(),
            token().headerJson("jwk", "{}").header("jku", "https://evil.example").token()));
  }

  private static String ofLength(int length) {
    // Three characters of payload are four of token, so one of these hits the length exactly.
    for (int fill = length / 2; fill < length; fill++) {
      for (int kidFill = 0; kidFill < 4; kidFill++) {
        String token =
            token().claim("fill", "x".repeat(fill)).header("fill", "x".repeat(kidFill)).token();
        if (token.length() == length) {
          return token;
        }
        if (token.length() < length - 8) {
          fill += (length - 8 - token.length()) * 3 / 4;
          break;
        }
      }
    }
    throw new IllegalStateException("No token of " + length + " characters");
  }

  private static String withStrayBits(String token) {
    int last = ALPHABET.indexOf(token.charAt(token.length() - 1));
    return token.substring(0, token.length() - 1) + ALPHABET.charAt(last | 1);
  }

  private static String header(String json) {
    return token().rawHeader(ignored -> json).token();
  }

  private static String payload(String json) {
    return token().rawPayload(ignored -> json).token();
  }

  private static String cut(int characters) {
    return token().rawPayload(json -> json.substring(0, json.length() - characters)).token();
  }

  private static String append(String text) {
    return token().rawPayload(json -> json + text).token();
  }

  private static String prepend(String text) {
    return token().rawPayload(json -> text + json).token();
  }

  private static String note(String json) {
    return token().claimJson("note", json).token();
  }

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  private static String twice(String claim) {
    return token()
        .rawPayload(json -> json.replace("{", "{\"" + claim + "\":\"tenant-acme\","))
        .token();
  }

  private static String typ(String typ) {
    return token().header("typ", typ).token();
  }

  private static String hs256() {
    String input = token().header("alg", "HS256").signingInput();
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(TestKeys.RSA.getPublic().getEncoded(), "HmacSHA256"));
      byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + Mint.base64url(tag);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
