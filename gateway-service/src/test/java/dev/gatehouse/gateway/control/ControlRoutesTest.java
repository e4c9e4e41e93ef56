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
  private static final String ID = "6f1d2c3b-0000-4000-8000-0123456789ab";

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
    "GET,    /api/v1/keys/" + THUMBPRINT + ",      KEYS,    /api/v1/keys/" + THUMBPRINT,
    "PATCH,  /api/v1/keys/"
        + THUMBPRINT
        + "?owner=acme, KEYS, /api/v1/keys/"
        + THUMBPRINT
        + "?owner=acme",
    "DELETE, /api/v1/keys/" + OPSTRACE + "?wait=5s, KEYS,   /api/v1/keys/" + OPSTRACE + "?wait=5s",
    "POST,   /api/v1/keys/"
        + OPSTRACE
        + "/not-before, KEYS, /api/v1/keys/"
        + OPSTRACE
        + "/not-before",
    "GET,    /api/v1/revocations?type=jti,         KEYS,    /api/v1/revocations?type=jti",
    "POST,   /api/v1/revocations,                  KEYS,    /api/v1/revocations",
    "GET,    /api/v1/revocations/" + ID + ",       KEYS,    /api/v1/revocations/" + ID,
    "DELETE, /api/v1/revocations/6F1D2C3B-0000-4000-8000-0123456789AB, KEYS,"
        + " /api/v1/revocations/"
        + ID,
    "GET,    /api/v1/issuers?owner=acme,           KEYS,    /api/v1/issuers?owner=acme",
    "POST,   /api/v1/issuers?wait=1s,              KEYS,    /api/v1/issuers?wait=1s",
    "GET,    /api/v1/issuers/corporate,            KEYS,    /api/v1/issuers/corporate",
    "PATCH,  /api/v1/issuers/corporate?owner=acme, KEYS,    /api/v1/issuers/corporate?owner=acme",
    "DELETE, /api/v1/issuers/corporate,            KEYS,    /api/v1/issuers/corporate",
    "POST,   /api/v1/issuers/corporate/refresh,    KEYS,    /api/v1/issuers/corporate/refresh",
    "DELETE, /api/v1/users/corporate/alice,        KEYS,    /api/v1/users/corporate/alice",
    "DELETE, /api/v1/users/corporate/a%2Fb%3Fc=d%20e, KEYS,"
        + " /api/v1/users/corporate/a%2Fb%3Fc%3Dd%20e",
    "DELETE, /api/v1/users/corporate/auth0%7C12@x,  KEYS,"
        + " /api/v1/users/corporate/auth0%7C12%40x",
    "GET,    /api/v1/registry/tenants?cursor=x,    TENANTS, /api/v1/registry/tenants?cursor=x",
    "POST,   /api/v1/registry/tenants,             TENANTS, /api/v1/registry/tenants",
    "GET,    /api/v1/registry/keys?limit=500,      KEYS,    /api/v1/registry/keys?limit=500",
    "POST,   /api/v1/registry/keys,                KEYS,    /api/v1/registry/keys",
    "GET,    /api/v1/rollouts/tenants/12,          TENANTS, /api/v1/rollouts/tenants/12",
    "GET,    /api/v1/rollouts/keys/12,             KEYS,    /api/v1/rollouts/keys/12",
    "POST,   /api/v1/feeds/tenants/accept,         TENANTS, /api/v1/feeds/accept",
    "POST,   /api/v1/feeds/keys/accept,            KEYS,    /api/v1/feeds/accept"
  })
  void aRouteLeadsToItsServiceByAPathOfOurs(
      String method, String target, Service service, String rebuilt) {
    ControlRoute.To to = (ControlRoute.To) find(method, target);

    assertThat(to.service()).isEqualTo(service);
    assertThat(to.target()).isEqualTo(rebuilt);
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /api/v1/gateways,            GATEWAYS",
    "DELETE, /api/v1/gateways/a.B_c-1,    GATEWAY",
    "GET,    /api/v1/audit?order=asc&service=keys&since=x, AUDIT",
    "GET,    /api/v1/audit/verify,        AUDIT_VERIFICATION",
    "POST,   /api/v1/audit/prune,         AUDIT_PRUNING",
    "GET,    /api/v1/feeds,               FEEDS",
    "POST,   /api/v1/explain,             EXPLANATION",
    "GET,    /api/v1/openapi.yaml,        DESCRIPTION",
    "HEAD,   /api/v1/openapi.yaml,        DESCRIPTION"
  })
  void whatBelongsToNoServiceAloneIsAnsweredHere(String method, String target, Here what) {
    assertThat(find(method, target))
        .isInstanceOfSatisfying(
            ControlRoute.Own.class, own -> assertThat(own.what()).isEqualTo(what));
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
        "/api/v1/keys/" + OPSTRACE + "/not-before/x",
        "/api/v1/keys/" + OPSTRACE + "/scopes",
        "/api/v1/issuers/corporate/keys",
        "/api/v1/issuers/corporate/refresh/",
        "/api/v1/users",
        "/api/v1/users/corporate",
        "/api/v1/users/corporate/alice/x",
        "/api/v1/registry",
        "/api/v1/registry/gateways",
        "/api/v1/gateways/x/y",
        "/api/v1/audit/",
        "/api/v1/audit/refusals",
        "/api/v1/feeds/accept",
        "/api/v1/feeds/other/accept",
        "/api/v1/openapi.json",
        "/api/v1/openapi.yaml/",
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
    "POST,   /api/v1/keys/" + OPSTRACE + ", 'GET, PATCH, DELETE'",
    "GET,    /api/v1/keys/" + OPSTRACE + "/not-before, POST",
    "PATCH,  /api/v1/revocations/" + ID + ", 'GET, DELETE'",
    "DELETE, /api/v1/revocations,  'GET, POST'",
    "PUT,    /api/v1/issuers/x,    'GET, PATCH, DELETE'",
    "GET,    /api/v1/issuers/x/refresh, POST",
    "GET,    /api/v1/users/x/alice, DELETE",
    "DELETE, /api/v1/registry/keys, 'GET, POST'",
    "POST,   /api/v1/gateways,     GET",
    "GET,    /api/v1/gateways/x,   DELETE",
    "DELETE, /api/v1/audit,        GET",
    "POST,   /api/v1/audit/verify, GET",
    "GET,    /api/v1/audit/prune,  POST",
    "POST,   /api/v1/feeds,        GET",
    "GET,    /api/v1/feeds/keys/accept, POST",
    "GET,    /api/v1/explain,      POST",
    "POST,   /api/v1/openapi.yaml, GET",
    "POST,   /api/v1/rollouts/keys/1, GET",
    "OPTIONS,/api/v1/keys,         'GET, POST'"
  })
  void anotherMethodIsToldWhichThereAre(String method, String target, String allow) {
    assertThat(find(method, target)).isEqualTo(new ControlRoute.WrongMethod(allow));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/tenants?unknown=1",
        "GET /api/v1/tenants?limit=1&limit=2",
        "GET /api/v1/tenants?limit=1&%6cimit=2",
        "GET /api/v1/tenants?prefix=%zz",
        "GET /api/v1/tenants?wait=1s",
        "GET /api/v1/tenants/Not-A-Tenant",
        "GET /api/v1/tenants/*",
        "GET /api/v1/tenants/acme%2Fx",
        "GET /api/v1/tenants/..%2Finternal",
        "GET /api/v1/keys/abc",
        "PATCH /api/v1/keys/abc",
        "POST /api/v1/keys/abc/not-before",
        "GET /api/v1/keys/" + OPSTRACE + "%2fnot-before",
        "GET /api/v1/revocations/1-1-1-1-1",
        "GET /api/v1/revocations/" + ID + "0",
        "GET /api/v1/revocations/%20" + ID,
        "GET /api/v1/issuers/Corporate",
        "GET /api/v1/issuers/a_b",
        "GET /api/v1/issuers/a%2Fb",
        "GET /api/v1/issuers/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "DELETE /api/v1/users/corporate/*",
        "DELETE /api/v1/users/corporate/",
        "DELETE /api/v1/users/corporate/%C3%A9",
        "DELETE /api/v1/users/Corporate/alice",
        "DELETE /api/v1/users/corporate/alice?recursive=true",
        "DELETE /api/v1/gateways/a%2Fb",
        "DELETE /api/v1/gateways/a%20b",
        "GET /api/v1/audit?limit=1&limit=2",
        "GET /api/v1/audit?keptHash=x",
        "GET /api/v1/audit/verify?keptHash=x",
        "GET /api/v1/openapi.yaml?x",
        "GET /api/v1/rollouts/tenants/-1",
        "GET /api/v1/rollouts/tenants/1a",
        "GET /api/v1/rollouts/tenants/12345678901234567890"
      })
  void whatCannotBeOneOfOursIsRefused(String call) {
    int space = call.indexOf(' ');

    assertThatThrownBy(() -> find(call.substring(0, space), call.substring(space + 1)))
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

  @ParameterizedTest
  @CsvSource({
    "/api/v1/issuers/corporate/refresh, 15000",
    "/api/v1/registry/tenants,          20000",
    "/api/v1/registry/keys,             20000",
    "/api/v1/issuers,                    1800"
  })
  void whatTakesItsTimeIsGivenIt(String target, long millis) {
    ControlRoute.To to = (ControlRoute.To) find("POST", target);

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
