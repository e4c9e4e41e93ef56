package dev.gatehouse.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.routing.StrictPath;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ControlRoutesTest {

  private static final String THUMBPRINT = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";
  private static final String OPSTRACE = "0123456789abcdef0123456789abcdef01234567";

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/tenants,                      TENANTS, /api/v1/tenants",
    "HEAD,   /api/v1/tenants,                      TENANTS, /api/v1/tenants",
    "GET,    /api/v1/tenants?prefix=a%3Ab&limit=5, TENANTS, /api/v1/tenants?limit=5&prefix=a%3Ab",
    "POST,   /api/v1/tenants?wait=10s,             TENANTS, /api/v1/tenants?wait=10s",
    "GET,    /api/v1/tenants/acme,                 TENANTS, /api/v1/tenants/acme",
    "PATCH,  /api/v1/tenants/acme:pay,             TENANTS, /api/v1/tenants/acme:pay",
    "DELETE, /api/v1/tenants/acme%3Apay?recursive=true, TENANTS,"
        + " /api/v1/tenants/acme:pay?recursive=true",
    "GET,    /api/v1/keys?owner=*,                 KEYS,    /api/v1/keys?owner=*",
    "POST,   /api/v1/keys,                         KEYS,    /api/v1/keys",
    "DELETE, /api/v1/keys/" + OPSTRACE + "?wait=5s, KEYS,   /api/v1/keys/" + OPSTRACE + "?wait=5s",
    "GET,    /api/v1/keys/" + THUMBPRINT + ",      KEYS,    /api/v1/keys/" + THUMBPRINT,
    "GET,    /api/v1/rollouts/tenants/12,          TENANTS, /api/v1/rollouts/tenants/12",
    "GET,    /api/v1/rollouts/keys/12,             KEYS,    /api/v1/rollouts/keys/12"
  })
  void aRouteLeadsToItsServiceByAPathOfOurs(
      String method, String target, Service service, String rebuilt) {
    ControlRoute.To to = (ControlRoute.To) find(method, target);

    assertThat(to.service()).isEqualTo(service);
    assertThat(to.target()).isEqualTo(rebuilt);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/other",
        "/api/v2/tenants",
        "/api/v1/tenants/",
        "/api/v1/tenants/acme/limits",
        "/api/v1/keys/" + OPSTRACE + "/not-before",
        "/api/v1/rollouts/tenants",
        "/api/v1/rollouts/other/1",
        "/api/v1/Tenants",
        "/internal/v1/changes",
        "/q/health",
        "/metrics",
        "/health/ready",
        "/t/acme/demo/x"
      })
  void whatIsNotListedIsNotThere(String target) {
    try {
      assertThat(find("GET", target)).isInstanceOf(ControlRoute.Unknown.class);
    } catch (Refusal refusal) {
      assertThat(refusal.code().status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,    /api/v1/tenants,      'GET, POST'",
    "DELETE, /api/v1/tenants,      'GET, POST'",
    "POST,   /api/v1/tenants/acme, 'GET, PATCH, DELETE'",
    "PATCH,  /api/v1/keys/" + OPSTRACE + ", 'GET, DELETE'",
    "POST,   /api/v1/rollouts/keys/1, GET",
    "OPTIONS,/api/v1/keys,         'GET, POST'"
  })
  void anotherMethodIsToldWhichThereAre(String method, String target, String allow) {
    assertThat(find(method, target)).isEqualTo(new ControlRoute.WrongMethod(allow));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/tenants?unknown=1",
        "/api/v1/tenants?limit=1&limit=2",
        "/api/v1/tenants?prefix=%zz",
        "/api/v1/tenants/Not-A-Tenant",
        "/api/v1/tenants/*",
        "/api/v1/tenants/acme%2Fx",
        "/api/v1/tenants/..%2Finternal",
        "/api/v1/keys/abc",
        "/api/v1/rollouts/tenants/-1",
        "/api/v1/rollouts/tenants/12345678901234567890"
      })
  void whatCannotBeOneOfOursIsRefused(String target) {
    assertThatThrownBy(() -> find("GET", target))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code().status()).isEqualTo(400));
  }

  @Test
  void aParameterCannotBringAnotherAlong() {
    ControlRoute.To to = (ControlRoute.To) find("GET", "/api/v1/keys?owner=a%26wait%3D1%23");

    assertThat(to.target()).isEqualTo("/api/v1/keys?owner=a%26wait%3D1%23");
  }

  @ParameterizedTest
  @CsvSource({"10s, 11800", "PT10S, 11800", "10m, 61800", "-5s, 1800", "soon, 1800", "'', 1800"})
  void whoWaitsForAReceiptIsGivenTheTime(String wait, long millis) {
    ControlRoute.To to = (ControlRoute.To) find("POST", "/api/v1/tenants?wait=" + wait);

    assertThat(to.patience()).isEqualTo(Duration.ofMillis(millis));
  }

  private static ControlRoute find(String method, String target) {
    int question = target.indexOf('?');
    return ControlRoutes.find(
        method,
        StrictPath.parse(target).segments(),
        question < 0 ? "" : target.substring(question + 1));
  }
}
