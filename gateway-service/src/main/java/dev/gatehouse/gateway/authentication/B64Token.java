package dev.gatehouse.gateway.authentication;

/** The alphabet of bearer tokens, as a table because each request is held against it. */
final class B64Token {

  private static final boolean[] LEGAL = legal();

  private B64Token() {}

  /** RFC 6750 §2.1: one or more of {@code ALPHA DIGIT -._~+/}, then any number of {@code =}. */
  static boolean is(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c >= LEGAL.length || !LEGAL[c]) {
        return false;
      }
    }
    return end > 0;
  }

  private static boolean[] legal() {
    boolean[] legal = new boolean[128];
    for (char c = 0; c < legal.length; c++) {
      legal[c] =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~+/".indexOf(c) >= 0;
    }
    return legal;
  }
}
