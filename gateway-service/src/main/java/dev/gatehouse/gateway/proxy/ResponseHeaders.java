package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.request.HeaderFields;
import dev.gatehouse.gateway.request.HeaderName;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    String connection = naming(backend.get("connection"));
    Iterator<? extends Map.Entry<? extends CharSequence, ? extends CharSequence>> fields =
        HeaderFields.of(backend);
    while (fields.hasNext()) {
      Map.Entry<? extends CharSequence, ? extends CharSequence> field = fields.next();
      CharSequence name = field.getKey();
      if (!isStripped(name, setCookie) && (connection == null || !isNamed(name, connection))) {
        client.add(name, field.getValue());
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

  /** Mostly it names no header. */
  private static @Nullable String naming(@Nullable String connection) {
    return "keep-alive".equalsIgnoreCase(connection) || "close".equalsIgnoreCase(connection)
        ? null
        : connection;
  }

  private static boolean isStripped(CharSequence name, boolean setCookie) {
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

  private static boolean isNamed(CharSequence name, String connection) {
    for (String option : connection.split(",", -1)) {
      String named = option.trim();
      if (AsciiString.contentEqualsIgnoreCase(named, name)
          && !named.equalsIgnoreCase("content-length")) {
        return true;
      }
    }
    return false;
  }
}
