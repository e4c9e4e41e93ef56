package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.request.HeaderName;
import io.vertx.core.MultiMap;
import java.util.Map;

/** What of a backend's answer goes to the client: all but what concerns the connection to it. */
final class ResponseHeaders {

  private ResponseHeaders() {}

  /**
   * Copies what may go on.
   *
   * @param setCookie whether this api may set cookies; a cookie of one tenant's host could
   *     otherwise reach the hosts of others
   */
  static void copy(MultiMap backend, MultiMap client, boolean setCookie) {
    String connection = backend.get("connection");
    for (Map.Entry<String, String> header : backend) {
      String name = header.getKey();
      if (!isStripped(name, setCookie) && (connection == null || !isNamed(name, connection))) {
        client.add(name, header.getValue());
      }
    }
  }

  /** Whether a trailer may go on: RFC 9110 §6.5.1 bars what frames, routes or authenticates. */
  static boolean isTrailer(String name) {
    return !isStripped(name, false)
        && !HeaderName.matches(name, "content-length")
        && !HeaderName.matches(name, "host")
        && !HeaderName.matches(name, "www-authenticate")
        && !HeaderName.matches(name, "trailer");
  }

  private static boolean isStripped(String name, boolean setCookie) {
    return switch (name.length()) {
      case 2 -> HeaderName.matches(name, "te");
      case 7 -> HeaderName.matches(name, "upgrade");
      case 10 ->
          HeaderName.matches(name, "connection")
              || HeaderName.matches(name, "keep-alive")
              || (!setCookie && HeaderName.matches(name, "set-cookie"));
      case 11 -> !setCookie && HeaderName.matches(name, "set-cookie2");
      case 16 -> HeaderName.matches(name, "proxy-connection");
      case 17 -> HeaderName.matches(name, "transfer-encoding");
      case 18 -> HeaderName.matches(name, "proxy-authenticate");
      default -> false;
    };
  }

  private static boolean isNamed(String name, String connection) {
    for (String option : connection.split(",", -1)) {
      String named = option.trim();
      if (named.equalsIgnoreCase(name) && !named.equalsIgnoreCase("content-length")) {
        return true;
      }
    }
    return false;
  }
}
