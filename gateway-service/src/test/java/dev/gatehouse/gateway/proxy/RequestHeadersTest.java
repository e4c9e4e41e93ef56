package dev.gatehouse.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.request.HeaderRules;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeadersTest {

  private final HeaderRules rules = new HeaderRules(Set.of("x-scope-orgid", "x-org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "X-API-Key",
        "x-api-key",
        "X_API_KEY",
        "X-Tenant-ID",
        "X_Tenant_ID",
        "X-Gatehouse-Scopes",
        "X-Gatehouse-Anything",
        "x_gatehouse_client",
        "X-Scope-OrgID",
        "X_Scope_OrgID",
        "x-scope_orgid",
        "X.Scope.OrgID",
        "X-SCOPE-ORGID",
        "X-Org",
        "X-HTTP-Method-Override",
        "X-Method-Override",
        "X_HTTP_Method_Override",
        "X-Original-URL",
        "X-Rewrite-URL",
        "X-Real-IP",
        "Forwarded",
        "X-Forwarded-For",
        "X-Forwarded-User",
        "X_Forwarded_Host",
        "X-Forwarded",
        "X-HTTP-Method",
        "True-Client-IP",
        "X-WebAuth-User",
        "Remote_User",
        "Proxy",
        "X-Auth-Request-Email",
        "X-Id-Token",
        "X-Grafana-Id",
        "X-Prom-Label-Policy",
        "X-Loki-Disable-Pipeline-Wrappers",
        "X-Loki-Actor-Path",
        "X-Mimir-Skip-Query-Sharding",
        "Connection",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Content-Length",
        "Content_Length",
        "Upgrade",
        "HTTP2-Settings",
        "Expect",
        "Host"
      })
  void aHeaderThatOnlyTheGatewayMaySayNeverArrives(String name) {
    MultiMap headers = headers().add(name, "1").add("X-Kept", "yes");

    assertThat(forwarded(headers).entries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.getKey()).isEqualTo("X-Kept"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept",
        "Content-Type",
        "Content-Encoding",
        "Cookie",
        "User-Agent",
        "X-Prometheus-Remote-Write-Version",
        "X-Scope-OrgID2",
        "X-Scope",
        "X-Gatehouse",
        "X-Loki-Response-Encoding-Flags",
        "X-Mimir-Chunk-Info-Logger",
        "Method-Overridden",
        "X-API-Key-Id",
        "Via"
      })
  void aHeaderOfTheClientsOwnArrives(String name) {
    assertThat(forwarded(headers().add(name, "value")).get(name)).isEqualTo("value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Username", "x-username", "X_Username", "X.USERNAME"})
  void aClientThatNamesItsUserIsTold(String name) {
    assertThatThrownBy(() -> ClientHeaders.read(headers().add(name, "alice"), rules))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.HEADER_REFUSED));
  }

  @Test
  void whatConnectionNamesIsOfThisConnectionOnly() {
    MultiMap headers =
        headers()
            .add("Connection", "close, X-Hop")
            .add("Connection", "x_other")
            .add("X-Hop", "1")
            .add("X-Other", "2")
            .add("X-Kept", "3");

    assertThat(forwarded(headers).names()).containsExactly("X-Kept");
  }

  @Test
  void theConnectionHeaderRemovesNothingOfOurs() {
    MultiMap headers = headers().add("Connection", "X-Scope-OrgID, X-Forwarded-For");
    MultiMap upstream = forwarded(headers);

    upstream.set("X-Scope-OrgID", "acme");

    assertThat(upstream.get("X-Scope-OrgID")).isEqualTo("acme");
  }

  @Test
  void cookiesThatHttp2HasSplitAreJoined() {
    MultiMap headers = headers().add("Cookie", "a=1").add("Cookie", "b=2");

    assertThat(forwarded(headers).getAll("Cookie")).containsExactly("a=1; b=2");
  }

  @Test
  void repeatedHeadersStayRepeated() {
    MultiMap headers = headers().add("Accept", "a").add("Accept", "b");

    assertThat(forwarded(headers).getAll("Accept")).containsExactly("a", "b");
  }

  @Test
  void theClientsOwnTenantHeaderIsKnownInEverySpelling() {
    MultiMap headers =
        headers().add("X-Scope-OrgID", "a").add("x_scope_orgid", "b").add("X-Org", "c");

    ClientHeaders read = ClientHeaders.read(headers, rules);

    assertThat(read.orgsClaimed("X-Scope-OrgID")).containsExactly("a", "b");
    assertThat(read.orgsClaimed("X-Org")).containsExactly("c");
    assertThat(read.orgsClaimed("X-Nobodys")).isEmpty();
  }

  @Test
  void manyHeadersAllArrive() {
    MultiMap headers = headers();
    for (int i = 0; i < 100; i++) {
      headers.add("X-H" + i, Integer.toString(i));
    }

    assertThat(forwarded(headers).size()).isEqualTo(100);
  }

  @Test
  void aTenantHeaderCannotTakeTheNameOfAnother() {
    assertThatThrownBy(() -> new HeaderRules(Set.of("Authorization")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(new HeaderRules(Set.of("X-Tenant-ID")).of("X-Tenant-ID"))
        .isEqualTo(HeaderRules.Rule.TENANT_ID);
  }

  private MultiMap forwarded(MultiMap headers) {
    MultiMap upstream = HttpHeaders.headers();
    ClientHeaders.read(headers, rules).forEach(upstream::add);
    return upstream;
  }

  private static MultiMap headers() {
    return HttpHeaders.headers();
  }
}
