package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The query parameters of a call, each known, once, and encoded in one way only. */
record ControlQuery(Map<String, String> parameters) {

  private static final String WAIT = "wait";
  private static final Duration MAX_WAIT = Duration.ofSeconds(60);

  ControlQuery {
    parameters = Map.copyOf(parameters);
  }

  /**
   * @param query as received, without the question mark; empty for none
   * @throws Invalid when a parameter is not among those allowed, comes twice or cannot be read
   */
  static ControlQuery parse(String query, Set<String> allowed) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!allowed.contains(name)) {
        throw malformed("A query parameter is not known here");
      }
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw malformed("The query parameter " + name + " is given more than once");
      }
    }
    return new ControlQuery(parameters);
  }

  /** With its question mark; empty if there are no parameters. */
  String encoded() {
    StringBuilder query = new StringBuilder();
    new TreeMap<>(parameters)
        .forEach(
            (name, value) ->
                query
                    .append(query.length() == 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return query.toString();
  }

  /** The time without waiting, and as much more as the caller wants to wait for a receipt. */
  Duration patience(Duration withoutWaiting) {
    String wait = parameters.get(WAIT);
    if (wait == null) {
      return withoutWaiting;
    }
    Duration wanted = duration(wait);
    return withoutWaiting.plus(wanted.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wanted);
  }

  /** {@code 10s} or {@code PT10S}. What is neither, the service will refuse at once. */
  private static Duration duration(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    try {
      Duration parsed = Duration.parse(upper.startsWith("P") ? upper : "PT" + upper);
      return parsed.isNegative() ? Duration.ZERO : parsed;
    } catch (DateTimeParseException e) {
      return Duration.ZERO;
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw malformed("The query is not percent-encoded correctly");
    }
  }

  private static Invalid malformed(String detail) {
    return new Invalid(ErrorCode.REQUEST_MALFORMED, detail);
  }
}
