package dev.gatehouse.gateway.request;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/**
 * Host and target of a request, if there is no doubt about them (RFC 9112 §3.2, RFC 9113 §8.3.1).
 */
public final class RequestTarget {

  private RequestTarget() {}

  /**
   * The one host that the request names.
   *
   * @param hostHeaders how many Host headers there are
   */
  public static String authority(HttpServerRequest request, int hostHeaders) {
    if (request.version() == HttpVersion.HTTP_2) {
      // Vert.x has compared :authority with the Host header already.
      HostAndPort authority = request.authority();
      if (authority == null || hostHeaders > 1) {
        throw malformed("A request names exactly one host");
      }
      // The client writes it, and it goes on as X-Forwarded-Proto.
      if (!"https".equals(request.scheme()) && !"http".equals(request.scheme())) {
        throw malformed("The scheme of a request is http or https");
      }
      return authority.port() < 0 ? authority.host() : authority.host() + ':' + authority.port();
    }
    String header = request.getHeader(HttpHeaders.HOST);
    if (hostHeaders != 1 || header == null || header.indexOf(' ') >= 0) {
      // A blank is what is left of a folded line (RFC 9112 §5.2).
      throw malformed("A request has exactly one Host header, on one line");
    }
    return header;
  }

  /** The target in origin-form; the absolute form is allowed if it names the same host. */
  public static String of(HttpServerRequest request, String authority) {
    String target = request.uri();
    int host = startOfHost(target);
    if (host > 0 && !target.substring(host, endOfHost(target, host)).equalsIgnoreCase(authority)) {
      throw malformed("The Host header and the request target name different hosts");
    }
    return origin(request);
  }

  /** The same, of a request whose host has been checked. */
  public static String origin(HttpServerRequest request) {
    String target = request.uri();
    int host = startOfHost(target);
    int path = host > 0 ? endOfHost(target, host) : 0;
    return path == target.length() ? "/" : target.substring(path);
  }

  private static int startOfHost(@Nullable String target) {
    if (target == null) {
      throw malformed("The request has no target");
    }
    if (target.startsWith("/")) {
      return 0;
    }
    if (target.regionMatches(true, 0, "http://", 0, 7)) {
      return 7;
    }
    return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : 0;
  }

  private static int endOfHost(String target, int host) {
    int path = target.indexOf('/', host);
    return path < 0 ? target.length() : path;
  }

  private static Invalid malformed(String detail) {
    return new Invalid(ErrorCode.REQUEST_MALFORMED, detail);
  }
}
