package dev.gatehouse.common.error;

/** The tenant has used up its own limit. */
public final class LimitExceeded extends Refusal {

  private static final long serialVersionUID = 1;

  public LimitExceeded(ErrorCode code, String detail) {
    super(code, detail, null);
  }
}
