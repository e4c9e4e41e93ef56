package dev.gatehouse.common.error;

/** Nobody vouches for the sender: no token, or one that is not accepted. */
public final class Unauthenticated extends Refusal {

  private static final long serialVersionUID = 1;

  public Unauthenticated(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
