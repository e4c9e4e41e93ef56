package dev.gatehouse.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as it takes to see where a small answer with a length ends. */
final class HttpAnswer {

  private static final String LENGTH = "\r\ncontent-length:";
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private HttpAnswer() {}

  /** Octets of the whole answer; 0 while its head is not complete. */
  static int length(byte[] octets, int received) throws IOException {
    int end = endOfHead(octets, received);
    if (end == 0) {
      return 0;
    }
    String head = new String(octets, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    int at = head.indexOf(LENGTH);
    if (at < 0) {
      throw new IOException("An answer has no length: " + head);
    }
    int from = at + LENGTH.length();
    return end + Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  static int status(byte[] octets) {
    return Integer.parseInt(new String(octets, STATUS_AT, 3, StandardCharsets.ISO_8859_1));
  }

  private static int endOfHead(byte[] octets, int received) {
    for (int i = 3; i < received; i++) {
      if (octets[i] == '\n' && octets[i - 1] == '\r' && octets[i - 2] == '\n') {
        return i + 1;
      }
    }
    return 0;
  }
}
