package dev.gatehouse.common.page;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Where the next page starts; opaque to clients, so that its form can change. */
public final class Cursor {

  private static final int MAX_LENGTH = 1_000;

  private Cursor() {}

  /** The cursor of a page whose last object has this key. */
  public static String after(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The cursor of the page that follows, if the query found more than the page holds.
   *
   * @param found what was found with a limit one above the page's
   */
  public static <T> Optional<String> next(
      List<T> found, PageRequest page, Function<T, String> key) {
    return found.size() <= page.limit()
        ? Optional.empty()
        : Optional.of(after(key.apply(found.get(page.limit() - 1))));
  }

  static String open(String cursor) {
    try {
      if (!cursor.isEmpty() && cursor.length() <= MAX_LENGTH) {
        String key = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        if (key.indexOf('\0') < 0) {
          return key;
        }
      }
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    throw invalid();
  }

  private static Invalid invalid() {
    return new Invalid(
        ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
  }
}
