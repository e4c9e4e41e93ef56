package dev.gatehouse.common.error;

import org.jspecify.annotations.Nullable;

/** The body of a request that needs one. */
public final class RequestBody {

  private RequestBody() {}

  /** Refuses a request whose body is empty, or the JSON value {@code null}. */
  public static <T> T required(@Nullable T body) {
    if (body == null) {
      throw new Invalid(ErrorCode.REQUEST_MALFORMED, "The request needs a JSON object as its body");
    }
    return body;
  }
}
