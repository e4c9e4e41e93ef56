package dev.gatehouse.gateway.listener;

import dev.gatehouse.gateway.proxy.RawBackend;
import dev.gatehouse.gateway.proxy.Tokens;
import java.util.List;

/**
 * What an attacker sends on one connection. Behind each stands a request that must not be reached
 * in any other way than as the next one.
 *
 * @param bytes everything that is sent, ISO-8859-1
 */
record Attack(String name, String bytes) {

  static final String TOKEN = Tokens.of("acme");
  static final String HEADERS =
      "Host: demo.acme.example.test\r\nAuthorization: Bearer " + TOKEN + "\r\n";
  static final String NEXT = "GET /next HTTP/1.1\r\n" + HEADERS + "\r\n";

  /** A request line of one's own. */
  static Attack line(String name, String line) {
    return new Attack(name, line + HEADERS + "\r\n" + NEXT);
  }

  static Attack target(String target) {
    return line(target, "GET " + target + " HTTP/1.1\r\n");
  }

  /** Further header lines, each with its end. */
  static Attack headers(String name, String lines) {
    return new Attack(name, "GET /x HTTP/1.1\r\n" + HEADERS + lines + "\r\n" + NEXT);
  }

  static Attack host(String name, String hostLine) {
    return new Attack(
        name, "GET /x HTTP/1.1\r\n" + hostLine + HEADERS.replaceFirst("Host: .*\r\n", "") + "\r\n");
  }

  /** A body, with the header lines that say where it ends. */
  static Attack body(String name, String lines, String body) {
    return new Attack(name, "POST /x HTTP/1.1\r\n" + HEADERS + lines + "\r\n" + body + NEXT);
  }

  static Attack chunks(String name, String body) {
    return body(name, "Transfer-Encoding: chunked\r\n", body);
  }

  /** The first lines of all that a backend was asked. */
  static List<String> lines(RawBackend backend) {
    return backend.received().stream().map(RawBackend.Received::line).toList();
  }

  @Override
  public String toString() {
    return name;
  }
}
