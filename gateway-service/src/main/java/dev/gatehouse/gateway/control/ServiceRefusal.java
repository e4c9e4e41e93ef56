package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;

/** A service has refused what it was asked on a caller's behalf, and has recorded that itself. */
final class ServiceRefusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final String detail;

  ServiceRefusal(ErrorCode code, String detail) {
    super(detail, null, false, false);
    this.code = code;
    this.detail = detail;
  }

  ErrorCode code() {
    return code;
  }

  String detail() {
    return detail;
  }
}
