package dev.gatehouse.common.error;

import org.jspecify.annotations.Nullable;

/**
 * A request is refused, for a reason that its sender may know. It carries no stack trace: it is an
 * answer, not a fault, and a flood of bad requests must stay cheap.
 */
public abstract sealed class Refusal extends RuntimeException
    permits Invalid,
        Unauthenticated,
        Forbidden,
        NotFound,
        Conflict,
        TooLarge,
        LimitExceeded,
        Unavailable,
        Fault {

  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  Refusal(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(detail, cause, false, false);
    this.code = code;
  }

  public final ErrorCode code() {
    return code;
  }

  /** A sentence for the sender. It never holds a secret or a value that was expected. */
  public final String detail() {
    String message = getMessage();
    return message == null ? code.title() : message;
  }
}
