package dev.gatehouse.common.page;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a sorted list is asked for.
 *
 * @param limit the most that the page holds
 * @param after the key of the last object of the page before; empty: from the beginning
 */
public record PageRequest(int limit, Optional<String> after) {

  public static final int DEFAULT_LIMIT = 100;
  public static final int MAX_LIMIT = 1_000;

  public PageRequest {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "limit is a number from 1 to " + MAX_LIMIT);
    }
  }

  /** Reads {@code ?limit=&cursor=} as sent. */
  public static PageRequest parse(@Nullable String limit, @Nullable String cursor) {
    return new PageRequest(
        limit == null ? DEFAULT_LIMIT : parseLimit(limit),
        Optional.ofNullable(cursor).map(Cursor::open));
  }

  private static int parseLimit(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
