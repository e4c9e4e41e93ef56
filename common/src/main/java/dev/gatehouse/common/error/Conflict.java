package dev.gatehouse.common.error;

/** The request contradicts what is registered. */
public final class Conflict extends Refusal {

  private static final long serialVersionUID = 1;

  public Conflict(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
