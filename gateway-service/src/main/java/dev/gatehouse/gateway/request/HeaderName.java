package dev.gatehouse.gateway.request;

/**
 * Header names as the most forgiving backend reads them. CGI and WSGI turn {@code -} into {@code _}
 * and Apache any other punctuation too, so {@code X_Scope.OrgID} can arrive as {@code
 * X-Scope-OrgID}: two names are the same here if they differ in case or punctuation only.
 */
public final class HeaderName {

  private static final char[] FOLDED = table();

  private HeaderName() {}

  public static String fold(CharSequence name) {
    char[] folded = new char[name.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = fold(name.charAt(i));
    }
    return new String(folded);
  }

  static char fold(char c) {
    return c < 128 ? FOLDED[c] : '-';
  }

  public static int hash(CharSequence name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + fold(name.charAt(i));
    }
    return hash;
  }

  /** Whether the name is one that folds to {@code folded}. */
  public static boolean matches(CharSequence name, String folded) {
    return name.length() == folded.length() && matchesAt(name, 0, folded);
  }

  public static boolean startsWith(CharSequence name, String folded) {
    return name.length() >= folded.length() && matchesAt(name, 0, folded);
  }

  public static boolean endsWith(CharSequence name, String folded) {
    return name.length() >= folded.length()
        && matchesAt(name, name.length() - folded.length(), folded);
  }

  private static boolean matchesAt(CharSequence name, int start, String folded) {
    for (int i = 0; i < folded.length(); i++) {
      if (fold(name.charAt(start + i)) != folded.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static char[] table() {
    char[] table = new char[128];
    for (char c = 0; c < table.length; c++) {
      if (c >= 'A' && c <= 'Z') {
        table[c] = (char) (c + 32);
      } else {
        table[c] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
      }
    }
    return table;
  }
}
