package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.authentication.Authentication;

/** Carries the refusal of a token, whose status may also be one of ours (503). */
final class NotAuthenticated extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Authentication.Refused refused;

  NotAuthenticated(Authentication.Refused refused) {
    super(refused.detail(), null, false, false);
    this.refused = refused;
  }

  ErrorCode code() {
    return refused.code();
  }

  String detail() {
    return refused.detail();
  }
}
