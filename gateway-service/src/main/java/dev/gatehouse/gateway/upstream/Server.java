package dev.gatehouse.gateway.upstream;

import io.netty.util.AsciiString;
import io.vertx.core.net.SocketAddress;
import java.net.URI;

/**
 * One server of a backend. A name is resolved anew for each connection; the resolver decides for
 * how long it remembers.
 */
public final class Server {

  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final SocketAddress address;
  private final String host;
  private final int port;
  private final Health health;

  Server(URI url, Health health) {
    this.host = url.getHost();
    this.port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? HTTPS : HTTP;
    boolean ipv6 = host.startsWith("[") && host.endsWith("]");
    this.address =
        SocketAddress.inetSocketAddress(port, ipv6 ? host.substring(1, host.length() - 1) : host);
    this.health = health;
  }

  public SocketAddress address() {
    return address;
  }

  /** As in a URL: an IPv6 address stands in brackets. */
  public String host() {
    return host;
  }

  public int port() {
    return port;
  }

  /** As the {@code Host} header has it: without the port that goes without saying. */
  public CharSequence authority(boolean tls) {
    return AsciiString.of(port == (tls ? HTTPS : HTTP) ? host : host + ':' + port);
  }

  Health health() {
    return health;
  }

  @Override
  public String toString() {
    return host + ':' + port;
  }
}
