package dev.gatehouse.common.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedCallsTest {

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "GET,    /api/v1/tenants/acme,     SCOPE_INSUFFICIENT, true",
    "POST,   /api/v1/keys,             TENANT_MISMATCH,    true",
    "POST,   /api/v1/keys,             QUOTA_EXCEEDED,     true",
    "DELETE, /api/v1/tenants/other,    TENANT_UNKNOWN,     true",
    "DELETE, /api/v1/keys/x,           KEY_NOT_FOUND,      true",
    "PATCH,  /api/v1/issuers/x,        ISSUER_NOT_FOUND,   true",
    "GET,    /api/v1/tenants/other,    TENANT_UNKNOWN,     false",
    "HEAD,   /api/v1/tenants/other,    TENANT_UNKNOWN,     false",
    "POST,   /api/v1/nothing,          ROUTE_UNKNOWN,      false",
    "POST,   /api/v1/tenants,          TENANT_EXISTS,      false",
    "POST,   /api/v1/tenants,          FIELD_INVALID,      false",
    "GET,    /internal/v1/changes,     NOT_ALLOWED,        false",
  })
  void whatIsRecorded(String method, String path, ErrorCode code, boolean recorded) {
    assertThat(RefusedCalls.isRecorded(method, path, code)).isEqualTo(recorded);
  }

  @Test
  void aPathIsWrittenDownAsItIs() {
    assertThat(RefusedCalls.resource("/api/v1/tenants/acme:pay"))
        .isEqualTo("/api/v1/tenants/acme:pay");
  }

  @Test
  void tokensAndKeysAreNotWrittenDown() {
    assertThat(RefusedCalls.resource("/api/v1/keys/eyJhbGciOiJSUzI1NiJ9.e30.c2ln"))
        .isEqualTo("/api/v1/keys/(secret)");
    assertThat(RefusedCalls.resource("/api/v1/keys/-----BEGIN PRIVATE KEY-----/not-before"))
        .isEqualTo("/api/v1/keys/(secret)/not-before");
  }

  @Test
  void whatCannotBePrintedIsReplacedAndLengthIsBounded() {
    assertThat(RefusedCalls.resource("/api/v1/keys/a\u0000b\u001b[2Jé"))
        .isEqualTo("/api/v1/keys/a?b?[2J?");
    assertThat(RefusedCalls.resource("/api/v1/keys/" + "x".repeat(5_000)))
        .hasSize(RefusedCalls.MAX_PATH);
  }
}
