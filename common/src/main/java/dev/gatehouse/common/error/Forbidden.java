package dev.gatehouse.common.error;

/** The sender is known and may not do this. */
public final class Forbidden extends Refusal {

  private static final long serialVersionUID = 1;

  public Forbidden(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
