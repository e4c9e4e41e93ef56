package dev.gatehouse.common.error;

/** There is no such thing, or the sender may not know of it. */
public final class NotFound extends Refusal {

  private static final long serialVersionUID = 1;

  public NotFound(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
