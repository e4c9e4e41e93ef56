package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;

/** What a token turned out to be. */
public sealed interface Authentication {

  record Accepted(Identity identity) implements Authentication {}

  /**
   * Not accepted, or not to be decided now.
   *
   * @param code says the status too: 401 where the token is not accepted, 503 where the trouble is
   *     ours
   * @param detail a sentence for the sender, without any value that was expected
   */
  record Refused(ErrorCode code, String detail) implements Authentication {}
}
