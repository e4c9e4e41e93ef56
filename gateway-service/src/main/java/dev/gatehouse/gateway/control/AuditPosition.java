package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.page.Cursor;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a page of the merged audit log begins: for each service the sequence of the entry right
 * before it, in the order that is read. A service that is not in it is read from its beginning.
 */
record AuditPosition(Map<Service, Long> after) {

  static final AuditPosition START = new AuditPosition(Map.of());

  private static final int MAX_DIGITS = 18;

  AuditPosition {
    after = Map.copyOf(after);
  }

  /**
   * @param text as {@link #text} wrote it
   * @throws Invalid when it did not
   */
  static AuditPosition parse(String text) {
    Map<Service, Long> after = new EnumMap<>(Service.class);
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      Service service =
          Service.ofFeed(part.substring(0, Math.max(0, colon))).orElseThrow(AuditPosition::invalid);
      if (after.put(service, sequence(part.substring(colon + 1))) != null) {
        throw invalid();
      }
    }
    return new AuditPosition(after);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Service service : Service.values()) {
      Long sequence = after.get(service);
      if (sequence != null) {
        text.append(text.length() == 0 ? "" : ",")
            .append(service.feed())
            .append(':')
            .append(sequence.longValue());
      }
    }
    return text.toString();
  }

  /** The cursor that the service itself gives for the page behind this entry. */
  Optional<String> cursor(Service service) {
    return Optional.ofNullable(after.get(service))
        .map(sequence -> Cursor.after(Long.toString(sequence)));
  }

  private static long sequence(String digits) {
    boolean number = !digits.isEmpty() && digits.length() <= MAX_DIGITS;
    for (int i = 0; number && i < digits.length(); i++) {
      number = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    if (!number) {
      throw invalid();
    }
    return Long.parseLong(digits);
  }

  private static Invalid invalid() {
    return new Invalid(
        ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
  }
}
