package dev.gatehouse.gateway.observation;

/** Writes one flat JSON object on one line, in printable ASCII: no text can start another line. */
final class JsonLine {

  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out;
  private boolean started;

  JsonLine(StringBuilder out) {
    this.out = out;
  }

  void text(String name, String value) {
    name(name);
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX[(c >> shift) & 0xf]);
        }
      }
    }
    out.append('"');
  }

  void number(String name, long value) {
    name(name);
    out.append(value);
  }

  /** Milliseconds, to the microsecond. */
  void millis(String name, long nanos) {
    long micros = Math.max(0, nanos) / 1_000;
    number(name, micros / 1_000);
    out.append('.');
    long rest = micros % 1_000;
    out.append((char) ('0' + rest / 100))
        .append((char) ('0' + rest / 10 % 10))
        .append((char) ('0' + rest % 10));
  }

  void end() {
    out.append("}\n");
  }

  private void name(String name) {
    out.append(started ? ",\"" : "{\"").append(name).append("\":");
    started = true;
  }
}
