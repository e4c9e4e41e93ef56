package dev.gatehouse.tenant.http;

import static dev.gatehouse.common.testing.TestCalls.API_KEY;
import static dev.gatehouse.common.testing.TestCalls.asOperator;
import static dev.gatehouse.common.testing.TestCalls.untilReady;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.gatehouse.common.testing.PostgresResource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer is a problem with a code, and never a fault of ours. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
class BadInputTest {

  private static final String TENANTS = "/api/v1/tenants";
  private static final String REGISTRY = "/api/v1/registry/tenants";

  /** Sends a content type as it stands here. */
  private static final RestAssuredConfig AS_SENT =
      RestAssuredConfig.config()
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .appendDefaultContentCharsetToContentTypeIfUndefined(false));

  @TestHTTPResource URI http;

  @BeforeEach
  void whenReady() {
    untilReady();
    asOperator().body("{\"name\":\"bad\"}").post(TENANTS);
  }

  @Test
  void theLongestNameIsTakenAndOneMoreCharacterIsNot() {
    String longest = "a".repeat(30) + ":" + "b".repeat(10);
    asOperator().body("{\"name\":\"" + "a".repeat(30) + "\"}").post(TENANTS);

    asOperator().body("{\"name\":\"" + longest + "\"}").post(TENANTS).then().statusCode(201);

    problem(post("{\"name\":\"" + longest + "b\"}"), "tenant_name_invalid");
    problem(post("{\"name\":\"" + "a".repeat(31) + "\"}"), "tenant_name_invalid");
    problem(post("{\"name\":\"a\"}"), "tenant_name_invalid");
    problem(post("{\"name\":\"\"}"), "tenant_name_invalid");
    post("{\"name\":\"ab\"}").then().statusCode(201);
  }

  @Test
  void theLongestOrganisationIdIsTakenAndOneMoreByteIsNot() {
    post("{\"name\":\"org1\",\"orgId\":\"" + "o".repeat(150) + "\"}").then().statusCode(201);
    post("{\"name\":\"org2\",\"orgId\":\"o\"}").then().statusCode(201);

    problem(post("{\"name\":\"org3\",\"orgId\":\"" + "o".repeat(151) + "\"}"), "org_id_invalid");
    problem(post("{\"name\":\"org3\",\"orgId\":\"\"}"), "org_id_invalid");
    problem(post("{\"name\":\"org3\",\"orgId\":\"..\"}"), "org_id_invalid");
  }

  @Test
  void theLongestDisplayNameIsTakenAndOneMoreCharacterIsNot() {
    String longest = "\uD83D\uDE80".repeat(100);
    post("{\"name\":\"display\",\"displayName\":\"" + longest + "\"}")
        .then()
        .statusCode(201)
        .body("displayName", equalTo(longest));

    problem(post("{\"name\":\"display2\",\"displayName\":\"" + longest + "x\"}"), "field_invalid");
    problem(patch("{\"displayName\":\"" + longest + "x\"}"), "field_invalid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\u0000",
        "\\u0007",
        "\\n",
        "\\u001b[2J",
        "\\u007f",
        "\\u0085",
        "\\u200b",
        "\\u202e",
        "\\u2028",
        "\\ufeff",
        "\\ud800",
        "\\udc00x",
      })
  void controlCharactersAreRefused(String text) {
    problem(post("{\"name\":\"ctl\",\"displayName\":\"a" + text + "b\"}"), "field_invalid");
    problem(patch("{\"displayName\":\"a" + text + "b\"}"), "field_invalid");
    problem(post("{\"name\":\"ct" + text + "l\"}"), "tenant_name_invalid");
    problem(post("{\"name\":\"ctl\",\"orgId\":\"a" + text + "\"}"), "org_id_invalid");
  }

  @ParameterizedTest
  @CsvSource({"POST," + TENANTS, "PATCH," + TENANTS + "/bad", "POST," + REGISTRY})
  void aBodyOfTenMebibytesIsTooLarge(String method, String path) throws IOException {
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nX-API-Key: %s\r\nX-Tenant-ID: *\r\n"
                .formatted(method, path, API_KEY)
            + "Content-Type: application/json\r\nContent-Length: 10485760\r\n\r\n";

    String answer;
    try (Socket socket = new Socket(http.getHost(), http.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    }

    assertThat(answer).isEqualTo("HTTP/1.1 413");
  }

  @Test
  void aBodyOfNearlyAMebibyteIsReadWhole() {
    String filler = " ".repeat((1 << 20) - 100);

    post("{\"name\":" + filler + "\"large\"}").then().statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "{\"displayName\"}",
        "{\"displayName\":}",
        "{\"displayName\":\"a\",}",
        "{'displayName':'a'}",
        "{displayName:\"a\"}",
        "{\"displayName\":\"a\nb\"}",
        "{\"displayName\":\"\\x\"}",
        "{\"displayName\":NaN}",
        "{\"displayName\":01}",
        "// {}",
        "{\"displayName\":\"a\",\"displayName\":\"b\"}",
        "{\"limits\":{\"bodyBytes\":1,\"bodyBytes\":2}}",
        "true",
        "7",
        "\"text\"",
        "[{}]",
        "null",
      })
  void malformedJsonIsMalformed(String body) {
    problem(patch(body), "request_malformed");
    problem(post(body), "request_malformed");
    problem(asOperator().body(body).post(REGISTRY), "request_malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{} {}", "{}x", "{}{", "{}]"})
  void whatFollowsTheJsonIsRefused(String body) {
    problem(patch(body));
    problem(post(body.replace("{}", "{\"name\":\"followed\"}")), "request_malformed");
    problem(asOperator().body(body).post(REGISTRY));
  }

  @ParameterizedTest
  @ValueSource(strings = {TENANTS, REGISTRY})
  void deepJsonIsRefusedWithoutBeingFollowed(String path) {
    for (String field : new String[] {"name", "displayName", "limits", "entries", "unknown"}) {
      String arrays = "{\"" + field + "\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}";
      String objects = "{\"" + field + "\":" + "{\"a\":".repeat(2_000) + "1" + "}".repeat(2_000);

      problem(asOperator().body(arrays).post(path));
      problem(asOperator().body(objects + "}").post(path));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"limits\":{\"bodyBytes\":1e400}}",
        "{\"limits\":{\"bodyBytes\":1e3}}",
        "{\"limits\":{\"bodyBytes\":-9223372036854775809}}",
        "{\"limits\":{\"bodyBytes\":{}}}",
        "{\"limits\":[]}",
        "{\"displayName\":{}}",
        "{\"displayName\":[]}",
        "{\"status\":[\"active\"]}",
        "{\"status\":{}}",
      })
  void aValueOfAnotherFormIsNamed(String body) {
    problem(patch(body), "field_invalid");
  }

  @Test
  void aNumberOfTenThousandDigitsIsAProblem() {
    problem(patch("{\"limits\":{\"bodyBytes\":" + "9".repeat(10_000) + "}}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "application/jsonx",
        "application/octet-stream",
        "nonsense",
        "application/json; charset=no-such-charset",
        "application/json; charset",
        ";",
      })
  void anotherContentTypeIsAProblem(String contentType) {
    for (String path : new String[] {TENANTS, REGISTRY}) {
      Response answer =
          asOperator()
              .config(AS_SENT)
              .header("Content-Type", contentType)
              .body("{\"name\":\"media\"}".getBytes(StandardCharsets.UTF_8))
              .post(path);
      problem(answer);
    }
  }

  @Test
  void aPostIsNoMergePatch() {
    asOperator()
        .contentType("application/merge-patch+json")
        .body("{\"name\":\"media\"}")
        .post(TENANTS)
        .then()
        .statusCode(415)
        .body("code", equalTo("media_type_unsupported"));
  }

  @Test
  void bytesThatAreNoUtf8AreMalformed() {
    byte[] body = "{\"displayName\":\"a?b\"}".getBytes(StandardCharsets.US_ASCII);
    for (int bad : new int[] {0x80, 0xc0, 0xff, 0xed}) {
      byte[] broken = Arrays.copyOf(body, body.length);
      broken[17] = (byte) bad;
      problem(asOperator().body(broken).patch(TENANTS + "/bad"), "request_malformed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenants/%00",
        "/api/v1/tenants/a%0ab",
        "/api/v1/tenants/A",
        "/api/v1/tenants/*",
        "/api/v1/tenants/%ff",
        "/api/v1/tenants/xn:a",
        "/api/v1/tenants/..%2fkeys",
        "/api/v1/tenants/acme%2Fpay",
        "/api/v1/tenants/acme::pay",
        "/api/v1/tenants/a%20b",
      })
  void aPathThatNamesNoTenantIsAProblem(String path) {
    for (String method : new String[] {"GET", "DELETE"}) {
      problem(asOperator().urlEncodingEnabled(false).request(method, path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\"x\"", "\"-1\"", "W/\"1\"", ",", "\"", "99999999999999999999"})
  void aStrangeIfMatchIsAnotherRevision(String ifMatch) {
    asOperator()
        .header("If-Match", ifMatch)
        .body("{\"status\":\"suspended\"}")
        .patch(TENANTS + "/bad")
        .then()
        .statusCode(412)
        .body("code", equalTo("revision_mismatch"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1s", "61s", "1h", "99999999999999999999s", "PT"})
  void aStrangeWaitIsAProblem(String wait) {
    problem(asOperator().body("{\"name\":\"wait\"}").post(TENANTS + "?wait=" + wait));
    asOperator().get(TENANTS + "/wait").then().statusCode(404);
  }

  private static Response post(String body) {
    return asOperator().body(body).post(TENANTS);
  }

  private static Response patch(String body) {
    return asOperator().body(body).patch(TENANTS + "/bad");
  }

  private static void problem(Response answer, String code) {
    answer
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo(code));
  }

  private static void problem(Response answer) {
    assertThat(answer.statusCode()).isBetween(400, 499);
    answer.then().contentType(startsWith("application/problem+json"));
    assertThat(answer.<String>path("code")).isNotEmpty();
  }
}
