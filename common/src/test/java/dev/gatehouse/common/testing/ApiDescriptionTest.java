package dev.gatehouse.common.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Problem;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check lets through what is described, and can fail. */
class ApiDescriptionTest {

  private static final String TENANTS = "/api/v1/tenants";
  private static final String TENANT = TENANTS + "/acme:pay";
  private static final String JSON = "application/json;charset=UTF-8";

  private static final String ACME =
      """
      {"id":"3f8a1c52-9a14-4f0e-8b3f-6f0f5f0a7a10","name":"acme:pay","orgId":"acme.pay",
       "status":"active","createdAt":"2026-01-01T00:00:00.123Z","revision":3}""";

  private final ApiDescription description = ApiDescription.get();

  @Test
  void whatIsDescribedPasses() {
    passes("GET", TENANT, 200, ACME);
    passes("GET", TENANTS + "/acme%3Apay", 200, ACME);
    passes("GET", TENANTS, 200, "{\"tenants\":[" + ACME + "],\"next\":\"YQ\"}");
    passes("GET", TENANT, 200, "{\"name\":\"acme\"}");
    passes("PATCH", TENANT, 202, with("missing", "[\"gateway-1\"]"));
  }

  @Test
  void aHeadIsDescribedWithItsGetAndHasNoBody() {
    assertThatCode(() -> description.check("HEAD", TENANT, 200, JSON, ""))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> description.check("HEAD", TENANT, 201, JSON, ""))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aMemberThatIsNotDescribedIsRefused() {
    refused("GET", TENANT, 200, with("colour", "1")).hasMessageContaining("colour");
    refused("GET", TENANTS, 200, "{\"tenants\":[" + with("colour", "1") + "]}")
        .hasMessageContaining("/tenants/0");
  }

  @Test
  void aMemberThatIsMissingIsRefused() {
    refused("PATCH", TENANT, 200, ACME.replace(",\"revision\":3", ""))
        .hasMessageContaining("revision")
        .hasMessageContaining("PATCH /api/v1/tenants/{tenant}");
    refused("PATCH", TENANT, 202, ACME).hasMessageContaining("missing");
    refused("GET", TENANTS, 200, "{}").hasMessageContaining("tenants");
  }

  @ParameterizedTest
  @CsvSource({
    "acme.pay, a/b",
    "active, gone",
    "2026-01-01T00:00:00.123Z, 2026-01-01",
    "3f8a1c52-9a14-4f0e-8b3f-6f0f5f0a7a10, 3f8a1c52",
    "acme:pay, Acme",
    "3}, -1}",
    "3}, '\"3\"}'",
  })
  void aValueOfAnotherFormIsRefused(String right, String wrong) {
    refused("GET", TENANT, 200, ACME.replace(right, wrong));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    refused("GET", TENANT, 200, "").hasMessageContaining("well-formed");
    refused("GET", TENANT, 200, ACME + "}").hasMessageContaining("well-formed");
  }

  @Test
  void aStatusThatIsNotDescribedIsRefused() {
    refused("GET", TENANT, 201, ACME).hasMessageContaining("status 201");
    refused("POST", TENANTS, 200, ACME).hasMessageContaining("status 200");
  }

  @Test
  void anotherMediaTypeIsRefused() {
    assertThatThrownBy(() -> description.check("GET", TENANT, 200, "text/plain", ACME))
        .hasMessageContaining("text/plain")
        .hasMessageContaining("application/json");
    assertThatThrownBy(() -> description.check("GET", TENANT, 200, null, ACME))
        .hasMessageContaining("nothing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenant",
        "/api/v1/tenants/",
        "/api/v1/tenants/acme/limits",
        "/api/v2/keys"
      })
  void aPathThatIsNotDescribedCanOnlyBeRefused(String path) {
    refused("GET", path, 200, ACME).hasMessageContaining("not described");
    refused("GET", path, 404, "{}").hasMessageContaining("not described");

    problemPasses("GET", path, ErrorCode.ROUTE_UNKNOWN);
  }

  @Test
  void aMethodThatIsNotDescribedCanOnlyBeRefused() {
    refused("PUT", TENANT, 200, ACME).hasMessageContaining("not described");

    problemPasses("PUT", TENANT, ErrorCode.METHOD_NOT_ALLOWED);
  }

  @Test
  void aProblemPassesOnlyWithACodeOfItsOperation() {
    problemPasses("POST", TENANTS, ErrorCode.TENANT_EXISTS);
    problemPasses("GET", TENANT, ErrorCode.SERVICE_UNAVAILABLE);

    problemRefused("POST", TENANTS, ErrorCode.KEY_EXISTS);
    problemRefused("GET", TENANT, ErrorCode.TENANT_EXISTS);
    problemRefused("GET", TENANT, ErrorCode.UPSTREAM_TIMEOUT);
  }

  @Test
  void aProblemThatIsIncompleteIsRefused() {
    String problem = problem(ErrorCode.TENANT_UNKNOWN);

    assertThatThrownBy(
            () ->
                description.check(
                    "GET",
                    TENANT,
                    404,
                    Problem.MEDIA_TYPE,
                    problem.replaceAll(",\"requestId\":\"[^\"]*\"", "")))
        .hasMessageContaining("requestId");
  }

  private void passes(String method, String path, int status, String body) {
    assertThatCode(() -> description.check(method, path, status, JSON, body))
        .doesNotThrowAnyException();
  }

  private AbstractThrowableAssert<?, ?> refused(
      String method, String path, int status, String body) {
    return assertThatThrownBy(() -> description.check(method, path, status, JSON, body))
        .isInstanceOf(AssertionError.class);
  }

  private void problemPasses(String method, String path, ErrorCode code) {
    assertThatCode(
            () -> description.check(method, path, code.status(), Problem.MEDIA_TYPE, problem(code)))
        .doesNotThrowAnyException();
  }

  private void problemRefused(String method, String path, ErrorCode code) {
    assertThatThrownBy(
            () -> description.check(method, path, code.status(), Problem.MEDIA_TYPE, problem(code)))
        .isInstanceOf(AssertionError.class);
  }

  private static String problem(ErrorCode code) {
    return new Problem(code, "Something is wrong", "0123456789abcdef").toJson();
  }

  private static String with(String member, String value) {
    return ACME.replace("\"revision\"", "\"" + member + "\":" + value + ",\"revision\"");
  }
}
