package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.request.RequestFields;
import dev.gatehouse.gateway.upstream.Server;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The opening of a WebSocket towards an upstream, in bytes (RFC 6455 §4). */
final class Handshake {

  /** An upstream's answer. */
  record Answer(int status, MultiMap headers, Buffer rest) {}

  private static final int MAX_HEAD = 16 * 1024;

  private Buffer received = Buffer.buffer();

  static Buffer request(Server server, boolean tls, String uri, RequestFields headers) {
    StringBuilder head =
        new StringBuilder(512)
            .append("GET ")
            .append(uri)
            .append(" HTTP/1.1\r\nHost: ")
            .append(server.authority(tls))
            .append("\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return Buffer.buffer(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Takes what has come; empty until the head is complete.
   *
   * @throws IllegalArgumentException when it is not the head of an HTTP/1.1 answer
   */
  Optional<Answer> take(Buffer chunk) {
    received.appendBuffer(chunk);
    int end = endOfHead();
    if (end < 0) {
      if (received.length() > MAX_HEAD) {
        throw new IllegalArgumentException("The head is too long");
      }
      return Optional.empty();
    }
    String[] lines = received.getString(0, end, "ISO-8859-1").split("\r\n", -1);
    MultiMap headers = HttpHeaders.headers();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("A header has no name");
      }
      headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).trim());
    }
    return Optional.of(
        new Answer(status(lines[0]), headers, received.getBuffer(end + 4, received.length())));
  }

  private int endOfHead() {
    for (int i = 0; i + 3 < received.length(); i++) {
      if (received.getByte(i) == '\r'
          && received.getByte(i + 1) == '\n'
          && received.getByte(i + 2) == '\r'
          && received.getByte(i + 3) == '\n') {
        return i;
      }
    }
    return -1;
  }

  private static int status(String line) {
    if (!line.startsWith("HTTP/1.1 ") || line.length() < 12) {
      throw new IllegalArgumentException("This is no HTTP/1.1 answer");
    }
    return Integer.parseInt(line.substring(9, 12));
  }
}
