package dev.gatehouse.local;

import java.net.InetAddress;
import java.util.Set;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.MockWebServerWrapper;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequestHandler;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;

/**
 * A mock-oauth2-server on the loopback interface. It believes any client secret and its signing
 * keys are public, so it is for one machine only.
 *
 * <p>Of itself it takes its name from each request's host; here it has one issuer, however it is
 * reached.
 */
final class IdentityProvider implements AutoCloseable {
  private static final Set<String> HEADERS_THAT_NAME_THE_HOST =
      Set.of("Host", "X-Forwarded-Proto", "X-Forwarded-Port");

  private final int port;
  private final MockWebServerWrapper server = new MockWebServerWrapper();
  private final Route provider;

  IdentityProvider(int port, String instance) {
    this.port = port;
    OAuth2Config config =
        new OAuth2Config(
            false,
            null,
            null,
            false,
            new OAuth2TokenProvider(),
            Set.of(new LocalClients("gatehouse-" + instance)),
            server);
    provider = new OAuth2HttpRequestHandler(config).getAuthorizationServer();
    server.start(
        InetAddress.getLoopbackAddress(), port, request -> provider.invoke(named(request)));
  }

  static String issuer(int port) {
    return "http://localhost:" + port + "/" + LocalClients.ISSUER_ID;
  }

  @Override
  public void close() {
    server.stop();
  }

  private OAuth2HttpRequest named(OAuth2HttpRequest request) {
    var headers = request.getHeaders().newBuilder();
    HEADERS_THAT_NAME_THE_HOST.forEach(headers::removeAll);
    return new OAuth2HttpRequest(
        headers.build(),
        request.getMethod(),
        request.getOriginalUrl().newBuilder().scheme("http").host("localhost").port(port).build(),
        request.getBody());
  }
}
