package dev.gatehouse.gateway.authentication;

import static dev.gatehouse.common.error.ErrorCode.AUDIENCE_MISMATCH;
import static dev.gatehouse.common.error.ErrorCode.CLAIMS_INVALID;
import static dev.gatehouse.common.error.ErrorCode.KEY_UNKNOWN;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_EXPIRED;
import static dev.gatehouse.common.error.ErrorCode.TOKEN_NOT_YET_VALID;
import static dev.gatehouse.gateway.authentication.Scene.NOW;
import static dev.gatehouse.gateway.authentication.Scene.accessToken;
import static dev.gatehouse.gateway.authentication.Scene.token;
import static dev.gatehouse.gateway.authentication.TwinTable.row;

import dev.gatehouse.common.error.ErrorCode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a token may say: each reason to refuse a claim beside a token that is accepted. */
class ClaimsTableTest {

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({"times", "tenantClaims", "oidcClaims"})
  void aTokenIsRefusedForOneReasonAndItsTwinIsAccepted(
      String reason, ErrorCode code, String refused, String twin) {
    TwinTable.check(code, refused, twin);
  }

  static Stream<Arguments> times() {
    return Stream.of(
        row("expired", TOKEN_EXPIRED, exp(-30), exp(-29)),
        row(
            "an access token expired",
            TOKEN_EXPIRED,
            accessToken().claim("exp", NOW.minusSeconds(30)).token(),
            accessToken().claim("exp", NOW.minusSeconds(29)).token()),
        row("not yet valid", TOKEN_NOT_YET_VALID, nbf(31), nbf(30)),
        row("issued in the future", TOKEN_NOT_YET_VALID, iat(31), iat(30)),
        row("no exp", CLAIMS_INVALID, token().without("exp").token(), exp(60)),
        row(
            "no exp in an access token",
            CLAIMS_INVALID,
            accessToken().without("exp").token(),
            accessToken().without("iat").token()),
        row("no iat", CLAIMS_INVALID, token().without("iat").token(), iat(0)),
        row("exp is a string", CLAIMS_INVALID, date("\"9999999999\""), date("9999999999")),
        row("exp is null", CLAIMS_INVALID, date("null"), date("9999999999.5")),
        row("exp is infinite", CLAIMS_INVALID, date("1e999"), date("9.9e9")),
        row("exp is after 9999", CLAIMS_INVALID, date("253402300800"), date("253402300799")),
        row("exp wraps around", CLAIMS_INVALID, date("18446744073709551617"), exp(1)),
        row("exp is negative", CLAIMS_INVALID, date("-1"), exp(1)));
  }

  static Stream<Arguments> tenantClaims() {
    String good = token().token();
    return Stream.of(
        row(
            "a wrong audience",
            AUDIENCE_MISMATCH,
            aud("\"gatehouse-other\""),
            aud("\"gatehouse-local\"")),
        row(
            "an audience that only begins well",
            AUDIENCE_MISMATCH,
            aud("\"gatehouse-local2\""),
            good),
        row("no audience", AUDIENCE_MISMATCH, token().without("aud").token(), good),
        row(
            "wrong audiences",
            AUDIENCE_MISMATCH,
            aud("[\"a\",\"b\"]"),
            aud("[\"a\",\"gatehouse-local\"]")),
        row(
            "no audience in the array",
            AUDIENCE_MISMATCH,
            aud("[]"),
            aud("\"opstrace-cluster-local\"")),
        row("an audience of numbers", CLAIMS_INVALID, aud("[1,\"gatehouse-local\"]"), good),
        row("every tenant", CLAIMS_INVALID, sub("tenant-*"), sub("tenant-acme")),
        row("the default tenant", CLAIMS_INVALID, anybody("_"), anybody("other")),
        row("no subject", CLAIMS_INVALID, token().without("sub").token(), good),
        row("a subject that is no tenant", CLAIMS_INVALID, sub("acme"), good),
        row(
            "a subject with a wild card inside",
            CLAIMS_INVALID,
            sub("tenant-acme:*"),
            sub("tenant-acme:pay")),
        row("a subject in capitals", CLAIMS_INVALID, sub("tenant-Acme"), good),
        row(
            "a jti that is a number",
            CLAIMS_INVALID,
            token().claimJson("jti", "1").token(),
            token().claim("jti", "1").token()),
        row("nonce", CLAIMS_INVALID, token().claim("nonce", "n").token(), good),
        row("at_hash", CLAIMS_INVALID, token().claim("at_hash", "h").token(), good),
        row("events", CLAIMS_INVALID, token().claimJson("events", "{}").token(), good),
        row(
            "scope is an object",
            CLAIMS_INVALID,
            token().claimJson("scope", "{}").token(),
            token().claimJson("scope", "[]").token()));
  }

  static Stream<Arguments> oidcClaims() {
    String good = accessToken().token();
    return Stream.of(
        row(
            "an access token for somebody else",
            AUDIENCE_MISMATCH,
            accessToken().claim("aud", "somebody").token(),
            accessToken().claimJson("aud", "[\"somebody\",\"gatehouse-local\"]").token()),
        row(
            "the issuer without its slash",
            KEY_UNKNOWN,
            accessToken().claim("iss", "https://idp.example").token(),
            good),
        row(
            "an access token that names no tenant",
            CLAIMS_INVALID,
            claims("{\"username\":\"a\"}"),
            good),
        row("no namespace", CLAIMS_INVALID, accessToken().without(Scene.NAMESPACE).token(), good),
        row(
            "tenant_id beside the namespace only",
            CLAIMS_INVALID,
            accessToken().without(Scene.NAMESPACE).claim("tenant_id", "acme").token(),
            good),
        row("tenant_id is empty", CLAIMS_INVALID, claims("{\"tenant_id\":\"\"}"), good),
        row("tenant_id is no tenant", CLAIMS_INVALID, claims("{\"tenant_id\":\"a b\"}"), good),
        row("tenant_id is null", CLAIMS_INVALID, claims("{\"tenant_id\":null}"), good),
        row(
            "tenant_id is an empty array",
            CLAIMS_INVALID,
            claims("{\"tenant_id\":[]}"),
            claims("{\"tenant_id\":[\"acme\"]}")),
        row(
            "tenant_id has a number",
            CLAIMS_INVALID,
            claims("{\"tenant_id\":[\"acme\",1]}"),
            claims("{\"tenant_id\":[\"acme\",\"other\"]}")),
        row(
            "the user *",
            CLAIMS_INVALID,
            claims("{\"tenant_id\":\"acme\",\"username\":\"*\"}"),
            claims("{\"tenant_id\":\"*\",\"username\":\"root\"}")),
        row(
            "a user without a name",
            CLAIMS_INVALID,
            claims("{\"tenant_id\":\"acme\",\"username\":\"\"}"),
            claims("{\"tenant_id\":\"acme\"}")),
        row(
            "a user that is a number",
            CLAIMS_INVALID,
            claims("{\"tenant_id\":\"acme\",\"username\":7}"),
            good),
        row("an ID token", CLAIMS_INVALID, accessToken().claim("nonce", "n").token(), good));
  }

  private static String exp(int seconds) {
    return token().claim("exp", NOW.plusSeconds(seconds)).token();
  }

  private static String nbf(int seconds) {
    return token().claim("nbf", NOW.plusSeconds(seconds)).token();
  }

  private static String iat(int seconds) {
    return token().claim("iat", NOW.plusSeconds(seconds)).token();
  }

  private static String date(String json) {
    return token().claimJson("exp", json).token();
  }

  private static String aud(String json) {
    return token().claimJson("aud", json).token();
  }

  private static String sub(String subject) {
    return token().claim("sub", subject).token();
  }

  private static String anybody(String tenant) {
    return token(TestKeys.ED25519, "EdDSA", tenant).token();
  }

  private static String claims(String json) {
    return accessToken().claimJson(Scene.NAMESPACE, json).token();
  }
}
