package dev.gatehouse.common.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tenant has used up its own limit. */
public final class LimitExceeded extends Refusal {

  private static final long serialVersionUID = 1;

  private final @Nullable Duration retryAfter;

  public LimitExceeded(ErrorCode code, String detail) {
    super(code, detail, null);
    this.retryAfter = null;
  }

  /** With a time after which trying again can help; told in whole seconds, at least one. */
  public LimitExceeded(ErrorCode code, String detail, Duration retryAfter) {
    super(code, detail, null);
    this.retryAfter = retryAfter;
  }

  Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
