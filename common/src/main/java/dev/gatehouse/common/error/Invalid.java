package dev.gatehouse.common.error;

/** The request itself is wrong; sending it again as it is cannot help. */
public final class Invalid extends Refusal {

  private static final long serialVersionUID = 1;

  public Invalid(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
