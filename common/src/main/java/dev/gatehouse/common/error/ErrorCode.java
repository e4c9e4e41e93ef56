package dev.gatehouse.common.error;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Every way in which Gatehouse refuses. The code is part of the API: it never changes, and {@code
 * docs/errors.md} explains each.
 */
public enum ErrorCode {
  REQUEST_MALFORMED(400, "Malformed request"),
  PATH_REFUSED(400, "Malformed path"),
  HEADER_REFUSED(400, "Header refused"),
  TENANT_REQUIRED(400, "Tenant required"),
  TENANT_NAME_INVALID(400, "Invalid tenant name"),
  ORG_ID_INVALID(400, "Invalid organisation id"),
  KEY_ID_INVALID(400, "Invalid key id"),
  SCOPE_INVALID(400, "Invalid scope"),
  INSTANCE_INVALID(400, "Invalid instance name"),
  USERNAME_INVALID(400, "Invalid username"),
  FIELD_INVALID(400, "Invalid field"),
  KEY_INVALID(400, "Invalid public key"),
  PRIVATE_KEY_REFUSED(400, "Private key refused"),
  ISSUER_URL_REFUSED(400, "Issuer address refused"),
  CURSOR_INVALID(400, "Invalid cursor"),

  AUTHORIZATION_MISSING(401, "Unauthorized"),
  AUTHORIZATION_MALFORMED(401, "Unauthorized"),
  TOKEN_MALFORMED(401, "Unauthorized"),
  TOKEN_EXPIRED(401, "Unauthorized"),
  TOKEN_NOT_YET_VALID(401, "Unauthorized"),
  TOKEN_REVOKED(401, "Unauthorized"),
  KEY_UNKNOWN(401, "Unauthorized"),
  SIGNATURE_INVALID(401, "Unauthorized"),
  ALGORITHM_REFUSED(401, "Unauthorized"),
  AUDIENCE_MISMATCH(401, "Unauthorized"),
  CLAIMS_INVALID(401, "Unauthorized"),
  API_KEY_REFUSED(401, "Unauthorized"),

  TENANT_MISMATCH(403, "Forbidden"),
  SCOPE_INSUFFICIENT(403, "Forbidden"),
  TENANT_SUSPENDED(403, "Forbidden"),
  OPERATION_REFUSED(403, "Forbidden"),
  NOT_ALLOWED(403, "Forbidden"),
  OWNER_REFUSED(403, "Forbidden"),
  QUOTA_EXCEEDED(403, "Forbidden"),

  TENANT_UNKNOWN(404, "Not found"),
  API_UNKNOWN(404, "Not found"),
  OPERATION_UNKNOWN(404, "Not found"),
  KEY_NOT_FOUND(404, "Not found"),
  ISSUER_NOT_FOUND(404, "Not found"),
  REVOCATION_NOT_FOUND(404, "Not found"),
  GATEWAY_NOT_FOUND(404, "Not found"),
  ROUTE_UNKNOWN(404, "Not found"),
  REVISION_UNKNOWN(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  NOT_ACCEPTABLE(406, "Not acceptable"),

  TENANT_EXISTS(409, "Conflict"),
  PARENT_UNKNOWN(409, "Conflict"),
  NAME_WAS_USED(409, "Conflict"),
  ORG_ID_TAKEN(409, "Conflict"),
  TENANT_HAS_CHILDREN(409, "Conflict"),
  DEFAULT_TENANT(409, "Conflict"),
  KEY_EXISTS(409, "Conflict"),
  KEY_ID_TAKEN(409, "Conflict"),
  KEY_AMBIGUOUS(409, "Conflict"),
  ISSUER_EXISTS(409, "Conflict"),
  ISSUER_AMBIGUOUS(409, "Conflict"),
  ISSUER_CONFIGURED(409, "Conflict"),
  IDEMPOTENCY_KEY_REUSED(409, "Conflict"),
  IMPORT_CONFLICT(409, "Conflict"),
  AUDIT_MISMATCH(409, "Conflict"),
  FEED_HISTORY_DIFFERS(409, "Conflict"),
  REVISION_MISMATCH(412, "Precondition failed"),

  BODY_TOO_LARGE(413, "Content too large"),
  TARGET_TOO_LONG(414, "Target too long"),
  MEDIA_TYPE_UNSUPPORTED(415, "Unsupported media type"),
  HOST_UNKNOWN(421, "Misdirected request"),
  LIMIT_EXCEEDED(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "Header fields too large"),

  INTERNAL(500, "Internal error"),
  ISSUER_UNREACHABLE(502, "Bad gateway"),
  UPSTREAM_UNREACHABLE(502, "Bad gateway"),
  OVERLOADED(503, "Service unavailable"),
  TRUST_UNAVAILABLE(503, "Service unavailable"),
  KEY_PENDING(503, "Service unavailable"),
  SERVICE_UNAVAILABLE(503, "Service unavailable"),
  /** A token that expired lately, on a write: its sender keeps the data and tries again. */
  TOKEN_EXPIRED_HELD(503, "Service unavailable", "token_expired"),
  UPSTREAM_TIMEOUT(504, "Gateway timeout");

  private final int status;
  private final String title;
  private final String code;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
    this.code = name().toLowerCase(Locale.ROOT);
  }

  ErrorCode(int status, String title, String code) {
    this.status = status;
    this.title = title;
    this.code = code;
  }

  /** HTTP status (RFC 9110). */
  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The stable code, in lower case. */
  @JsonValue
  public String code() {
    return code;
  }
}
