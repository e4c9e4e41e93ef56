package dev.gatehouse.key.fetch;

import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * How a request gets to its host. Whichever way it takes, the name stays in {@code Host}, in SNI,
 * and is what the certificate must be for.
 *
 * @param address to connect to, whatever the name means by now; absent: what the name means
 * @param proxy that connects on our behalf
 */
public record Route(Optional<InetAddress> address, Optional<ProxyOptions> proxy) {

  public static final Route BY_NAME = new Route(Optional.empty(), Optional.empty());

  public static Route to(InetAddress address) {
    return new Route(Optional.of(address), Optional.empty());
  }

  RequestOptions options(URI uri) {
    RequestOptions options = new RequestOptions();
    address.ifPresent(
        it ->
            options.setServer(SocketAddress.inetSocketAddress(Ports.of(uri), it.getHostAddress())));
    proxy.ifPresent(options::setProxyOptions);
    return options;
  }
}
