package dev.gatehouse.gateway.observation;

/**
 * Takes out of a text what looks like a token. Clients put tokens where they do not belong, and
 * what is logged is read by people who may not have them.
 */
final class Redaction {

  /** How the base64url of every JSON object begins that starts with a quote. */
  private static final String TOKEN = "eyJ";

  private static final int SHORTEST = 20;
  private static final String INSTEAD = "[token]";
  private static final String PARAMETER = "access_token=";

  private Redaction() {}

  static String of(String text) {
    int at = text.indexOf(TOKEN);
    if (at < 0) {
      return text;
    }
    StringBuilder redacted = new StringBuilder(text.length());
    int from = 0;
    while (at >= 0) {
      int end = endOfRun(text, at);
      if (end - at >= SHORTEST) {
        redacted.append(text, from, at).append(INSTEAD);
        from = end;
      }
      at = text.indexOf(TOKEN, end);
    }
    return redacted.append(text, from, text.length()).toString();
  }

  /** Also the parameter of RFC 6750 §2.3, whatever its value looks like. */
  static String ofQuery(String query) {
    StringBuilder redacted = new StringBuilder(query.length());
    for (int from = 0; from <= query.length(); ) {
      int mark = query.indexOf('&', from);
      int end = mark < 0 ? query.length() : mark;
      String parameter = query.substring(from, end);
      redacted.append(from == 0 ? "" : "&");
      redacted.append(
          parameter.regionMatches(true, 0, PARAMETER, 0, PARAMETER.length())
              ? PARAMETER + INSTEAD
              : of(parameter));
      from = end + 1;
    }
    return redacted.toString();
  }

  private static int endOfRun(String text, int start) {
    int end = start;
    while (end < text.length() && isOfToken(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** Percent signs too: the dots can be encoded. */
  private static boolean isOfToken(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "-_.~=%".indexOf(c) >= 0;
  }
}
