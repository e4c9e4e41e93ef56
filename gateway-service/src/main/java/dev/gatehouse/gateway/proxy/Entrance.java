package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.observation.MeterConfig;
import dev.gatehouse.gateway.observation.Meters;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.trust.TrustSource;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Puts the data plane before every route of Quarkus, so that no body limit, body handler or page of
 * the framework ever stands between a client and a backend.
 */
@Singleton
class Entrance {

  private static final Logger LOG = Logger.getLogger(Entrance.class);

  /** Behind what Quarkus itself needs first (dev mode), before its limit on bodies (-2). */
  static final int ORDER = -1_000;

  void open(
      @Observes Router router,
      Vertx vertx,
      Hosts hosts,
      Apis apis,
      Authenticator authenticator,
      TrustSource trusted,
      NestingSettings nesting,
      MeterRegistry registry,
      ProxyConfig proxy,
      MeterConfig metrics,
      TenancyConfig tenancy) {
    check(tenancy, ConfigUtils.isProfileActive("prod"));
    DataPlane dataPlane =
        new DataPlane(
            hosts,
            apis,
            new Admission(authenticator, trusted, nesting),
            !tenancy.multi(),
            new Meters(registry, metrics.maxTenants()),
            new Loops(vertx, proxy, eventLoops(vertx)),
            new UpstreamCall(proxy));
    router.route().order(ORDER).handler(dataPlane).failureHandler(dataPlane::failed);
  }

  /**
   * @throws IllegalStateException when everybody would be let in and nobody has said that twice
   */
  static void check(TenancyConfig tenancy, boolean production) {
    if (tenancy.multi()) {
      return;
    }
    if (production && !tenancy.allowAnonymous()) {
      throw new IllegalStateException(
          "MULTI_TENANCY_ENABLED is false: everybody could read and write the default tenant without"
              + " a token. Set it to true, or say that this is meant with"
              + " GATEHOUSE_ALLOW_ANONYMOUS=true.");
    }
    LOG.warn(
        "MULTI_TENANCY_ENABLED is false: everybody who reaches this gateway reads and writes the"
            + " default tenant without a token. The control plane is closed.");
  }

  @SuppressWarnings("deprecation") // Vert.x has no other way to tell how many there are.
  private static int eventLoops(Vertx vertx) {
    EventLoopGroup group = vertx.nettyEventLoopGroup();
    int loops = 0;
    for (EventExecutor loop : group) {
      loops += loop.isShuttingDown() ? 0 : 1;
    }
    return Math.max(1, loops);
  }
}
