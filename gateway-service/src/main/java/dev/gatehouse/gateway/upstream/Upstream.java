package dev.gatehouse.gateway.upstream;

import dev.gatehouse.gateway.observation.UpstreamMeters;
import dev.gatehouse.gateway.observation.UpstreamMeters.Reason;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.routing.Timeouts;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A backend: its servers, of which those that work take turns, how patient to be with them, and how
 * the gateway shows itself there. Times are in nanoseconds.
 */
public final class Upstream {

  private static final Logger LOG = Logger.getLogger(Upstream.class);

  private final String api;
  private final Server[] servers;
  private final AtomicInteger turn = new AtomicInteger();
  private final boolean tls;
  private final boolean http2;
  private final String basePath;
  private final long connectMillis;
  private final long responseTimeout;
  private final long idleTimeout;
  private final long totalTimeout;
  private final @Nullable CharSequence authorization;
  private final boolean forwardsToken;
  private final UpstreamMeters meters;

  Upstream(Api api, Backend backend, ProxyConfig config, UpstreamMeters meters) {
    this.api = api.name().value();
    this.servers =
        backend.urls().stream()
            .map(
                url ->
                    new Server(
                        url, new Health(config.outAfter(), config.outFor(), config.outForAtMost())))
            .toArray(Server[]::new);
    URI first = backend.urls().get(0);
    this.tls = "https".equals(first.getScheme());
    this.http2 = backend.http2();
    this.basePath = basePath(first);
    Timeouts timeouts = backend.timeouts();
    this.connectMillis = timeouts.connect().toMillis();
    this.responseTimeout = timeouts.response().toNanos();
    this.idleTimeout = timeouts.idle().toNanos();
    this.totalTimeout = timeouts.total().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    this.authorization =
        backend
            .credentials()
            .map(credentials -> HttpHeaders.createOptimized(credentials.authorization()))
            .orElse(null);
    this.forwardsToken = api.forwardsToken();
    this.meters = meters;
  }

  /** The server whose turn it is among those that are not out; among all, if all are. */
  public Server next() {
    return servers.length == 1 ? servers[0] : from(turn.getAndIncrement(), null);
  }

  /** Another one for a second try; null: there is none. */
  public @Nullable Server another(Server than) {
    return servers.length == 1 ? null : from(turn.get(), than);
  }

  private Server from(int position, @Nullable Server but) {
    long now = System.nanoTime();
    int first = Math.floorMod(position, servers.length);
    if (servers[first] == but) {
      first = (first + 1) % servers.length;
    }
    for (int i = 0; i < servers.length; i++) {
      Server server = servers[(first + i) % servers.length];
      if (server != but && server.health().takes(now)) {
        return server;
      }
    }
    return servers[first];
  }

  public void succeeded(Server server) {
    if (server.health().succeeded()) {
      LOG.infof("%s, a server of the api %s, answers again", server, api);
    }
  }

  /** Too many requests of ours are not the server's fault, nor is how long all of one takes. */
  public void failed(Server server, Reason reason) {
    meters.failed(api, reason);
    if (reason != Reason.BUSY && reason != Reason.TOTAL_TIMEOUT) {
      if (server.health().failed(System.nanoTime())) {
        LOG.warnf(
            "%s, a server of the api %s, failed several times in a row, at last with %s; it is left"
                + " alone for a while if there is another one",
            server, api, reason);
      }
    }
  }

  int servers() {
    return servers.length;
  }

  int serversOut() {
    int out = 0;
    for (Server server : servers) {
      out += server.health().isOut() ? 1 : 0;
    }
    return out;
  }

  public boolean tls() {
    return tls;
  }

  /** Whether it is called by HTTP/2, which gRPC needs. */
  public boolean http2() {
    return http2;
  }

  /** Goes before every path; empty, or starts with a slash and does not end in one. */
  public String basePath() {
    return basePath;
  }

  /** Milliseconds, until there is a connection. */
  public long connectMillis() {
    return connectMillis;
  }

  /** Until there is a connection. */
  public long connectTimeout() {
    return TimeUnit.MILLISECONDS.toNanos(connectMillis);
  }

  /** Until its answer begins. */
  public long responseTimeout() {
    return responseTimeout;
  }

  /** Between two bytes of it. */
  public long idleTimeout() {
    return idleTimeout;
  }

  /** For all of a request. */
  public long totalTimeout() {
    return totalTimeout;
  }

  /** What the gateway itself says in {@code Authorization}; never to be logged. */
  public @Nullable CharSequence authorization() {
    return authorization;
  }

  /** Whether the client's own {@code Authorization} goes there. */
  public boolean forwardsToken() {
    return forwardsToken;
  }

  private static String basePath(URI url) {
    String path = url.getRawPath() == null ? "" : url.getRawPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
