package dev.gatehouse.cli.terminal;

/** Text from elsewhere, made fit for one line of a terminal. */
final class Line {

  private Line() {}

  /** Control characters become blanks: they could move the cursor, or hide what was said. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
