package dev.gatehouse.common.error;

/** The body or the headers are larger than allowed. */
public final class TooLarge extends Refusal {

  private static final long serialVersionUID = 1;

  public TooLarge(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
