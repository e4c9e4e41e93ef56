package dev.gatehouse.gateway.answer;

import static dev.gatehouse.gateway.answer.GrpcStatus.FAILED_PRECONDITION;
import static dev.gatehouse.gateway.answer.GrpcStatus.INVALID_ARGUMENT;
import static dev.gatehouse.gateway.answer.GrpcStatus.NOT_FOUND;
import static dev.gatehouse.gateway.answer.GrpcStatus.PERMISSION_DENIED;
import static dev.gatehouse.gateway.answer.GrpcStatus.RESOURCE_EXHAUSTED;
import static dev.gatehouse.gateway.answer.GrpcStatus.UNAUTHENTICATED;
import static dev.gatehouse.gateway.answer.GrpcStatus.UNAVAILABLE;
import static dev.gatehouse.gateway.answer.GrpcStatus.UNIMPLEMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.common.error.ErrorCode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrpcStatusTest {

  /** Written out, so that a new code is a decision. */
  private static final Map<GrpcStatus, String> TABLE =
      Map.of(
          INVALID_ARGUMENT,
          """
          REQUEST_MALFORMED PATH_REFUSED HEADER_REFUSED TENANT_REQUIRED TENANT_NAME_INVALID
          ORG_ID_INVALID KEY_ID_INVALID SCOPE_INVALID INSTANCE_INVALID USERNAME_INVALID
          FIELD_INVALID KEY_INVALID PRIVATE_KEY_REFUSED ISSUER_URL_REFUSED CURSOR_INVALID
          NOT_ACCEPTABLE MEDIA_TYPE_UNSUPPORTED""",
          UNAUTHENTICATED,
          """
          AUTHORIZATION_MISSING AUTHORIZATION_MALFORMED TOKEN_MALFORMED TOKEN_EXPIRED
          TOKEN_NOT_YET_VALID TOKEN_REVOKED KEY_UNKNOWN SIGNATURE_INVALID ALGORITHM_REFUSED
          AUDIENCE_MISMATCH CLAIMS_INVALID API_KEY_REFUSED""",
          PERMISSION_DENIED,
          """
          TENANT_MISMATCH SCOPE_INSUFFICIENT TENANT_SUSPENDED OPERATION_REFUSED NOT_ALLOWED
          OWNER_REFUSED QUOTA_EXCEEDED""",
          NOT_FOUND,
          """
          TENANT_UNKNOWN KEY_NOT_FOUND ISSUER_NOT_FOUND REVOCATION_NOT_FOUND GATEWAY_NOT_FOUND
          REVISION_UNKNOWN""",
          UNIMPLEMENTED,
          "API_UNKNOWN OPERATION_UNKNOWN ROUTE_UNKNOWN METHOD_NOT_ALLOWED HOST_UNKNOWN",
          FAILED_PRECONDITION,
          """
          TENANT_EXISTS PARENT_UNKNOWN NAME_WAS_USED ORG_ID_TAKEN TENANT_HAS_CHILDREN
          DEFAULT_TENANT KEY_EXISTS KEY_ID_TAKEN KEY_AMBIGUOUS ISSUER_EXISTS ISSUER_AMBIGUOUS
          ISSUER_CONFIGURED IDEMPOTENCY_KEY_REUSED IMPORT_CONFLICT AUDIT_MISMATCH
          FEED_HISTORY_DIFFERS REVISION_MISMATCH""",
          RESOURCE_EXHAUSTED,
          "BODY_TOO_LARGE TARGET_TOO_LONG HEADERS_TOO_LARGE",
          UNAVAILABLE,
          """
          LIMIT_EXCEEDED INTERNAL ISSUER_UNREACHABLE UPSTREAM_UNREACHABLE OVERLOADED
          TRUST_UNAVAILABLE KEY_PENDING SERVICE_UNAVAILABLE TOKEN_EXPIRED_HELD
          UPSTREAM_TIMEOUT""");

  @Test
  void everyCodeHasTheStatusThatTheTableSays() {
    Map<ErrorCode, GrpcStatus> expected = new HashMap<>();
    TABLE.forEach(
        (status, codes) ->
            Arrays.stream(codes.split("\\s+"))
                .forEach(code -> expected.put(ErrorCode.valueOf(code), status)));

    assertThat(expected).containsOnlyKeys(ErrorCode.values());
    assertThat(expected)
        .allSatisfy(
            (code, status) -> assertThat(GrpcStatus.of(code)).as("%s", code).isEqualTo(status));
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void whatMayPassByItselfIsUnavailableAndNothingElse(ErrorCode code) {
    boolean passes = code.status() == 429 || code.status() >= 500;

    assertThat(GrpcStatus.of(code) == UNAVAILABLE).isEqualTo(passes);
  }

  @ParameterizedTest
  @CsvSource({
    "plain, plain",
    "a b~, a b~",
    "100%, 100%25",
    "'a\r\nb', a%0D%0Ab",
    "\u00e9, %C3%A9",
    "'\u0001\u007f', %01%7F"
  })
  void aMessageIsPercentEncodedOutsideOfPrintableAscii(String message, String encoded) {
    assertThat(GrpcStatus.percentEncoded(message)).isEqualTo(encoded);
  }
}
