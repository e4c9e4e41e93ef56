package dev.gatehouse.common.error;

import org.jspecify.annotations.Nullable;

/** A trouble of ours, or of what we depend on; sending the request again later can help. */
public final class Unavailable extends Refusal {

  private static final long serialVersionUID = 1;

  public Unavailable(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /** The cause is for our log only; the sender sees the detail. */
  public Unavailable(ErrorCode code, String detail, @Nullable Throwable cause) {
    super(code, detail, cause);
  }
}
