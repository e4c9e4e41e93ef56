package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import java.util.Optional;

/** What a token turned out to be. */
public sealed interface Authentication {

  record Accepted(Identity identity) implements Authentication {}

  /**
   * Not accepted, or not to be decided now.
   *
   * @param code says the status too: 401 where the token is not accepted, 503 where the trouble is
   *     ours
   * @param detail a sentence for the sender, without any value that was expected
   * @param lapsed present where nothing but its age is wrong with the token
   */
  record Refused(ErrorCode code, String detail, Optional<Lapsed> lapsed) implements Authentication {

    public Refused(ErrorCode code, String detail) {
      this(code, detail, Optional.empty());
    }
  }

  /**
   * What a token was until its time ran out: everything about it but that is good.
   *
   * @param since from when it was refused for that, in seconds since the epoch
   */
  record Lapsed(Identity identity, long since) {}
}
