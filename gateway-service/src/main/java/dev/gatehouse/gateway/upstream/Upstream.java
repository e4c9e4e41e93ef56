package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.routing.Api;
import io.vertx.core.net.SocketAddress;
import java.net.URI;

/**
 * A backend's address and how patient to be with it.
 *
 * @param host as in a URL: an IPv6 address stands in brackets
 * @param basePath goes before every path; empty, or starts with a slash and does not end in one
 * @param responseTimeout in nanoseconds, until its answer begins
 * @param idleTimeout in nanoseconds, between two bytes of it
 */
public record Upstream(
    SocketAddress address,
    String host,
    int port,
    boolean tls,
    String basePath,
    long responseTimeout,
    long idleTimeout) {

  public static Upstream of(Api api) {
    URI uri = api.upstream();
    boolean tls = "https".equals(uri.getScheme());
    int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String host = uri.getHost();
    boolean ipv6 = host.startsWith("[") && host.endsWith("]");
    SocketAddress address =
        SocketAddress.inetSocketAddress(port, ipv6 ? host.substring(1, host.length() - 1) : host);
    return new Upstream(
        address,
        host,
        port,
        tls,
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
        api.timeouts().response().toNanos(),
        api.timeouts().idle().toNanos());
  }
}
