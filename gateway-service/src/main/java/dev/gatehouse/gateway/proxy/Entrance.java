package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.tls.Authorities;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.authorization.Holding;
import dev.gatehouse.gateway.authorization.NestingSettings;
import dev.gatehouse.gateway.limit.Limiter;
import dev.gatehouse.gateway.listener.DrainConfig;
import dev.gatehouse.gateway.listener.Listener;
import dev.gatehouse.gateway.observation.Observation;
import dev.gatehouse.gateway.routing.Apis;
import dev.gatehouse.gateway.routing.Hosts;
import dev.gatehouse.gateway.trust.TrustSource;
import dev.gatehouse.gateway.upstream.ProxyConfig;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/**
 * Puts the data plane together, right behind the connections of the clients: no router, body limit
 * or page of the framework stands between a client and a backend. What is for a control host goes
 * on to the router of Quarkus.
 */
@Singleton
class Entrance {

  private static final Logger LOG = Logger.getLogger(Entrance.class);

  /** Before all that answers on control hosts, so that a failure of it is answered here. */
  static final int ORDER = -1_000;

  private final Vertx vertx;
  private final Listener listener;
  private final DrainConfig drain;
  private final Loops loops;
  private final DataPlane dataPlane;

  Entrance(
      Vertx vertx,
      Hosts hosts,
      Apis apis,
      Authenticator authenticator,
      TrustSource trusted,
      NestingSettings nesting,
      Holding holding,
      Limiter limiter,
      ProxyConfig proxy,
      Authorities authorities,
      UpstreamCall call,
      Observation observation,
      TenancyConfig tenancy,
      Listener listener,
      DrainConfig drain) {
    check(tenancy, ConfigUtils.isProfileActive("prod"));
    this.vertx = vertx;
    this.listener = listener;
    this.drain = drain;
    this.loops = new Loops(vertx, proxy, authorities, eventLoops(vertx));
    this.dataPlane =
        new DataPlane(
            hosts,
            apis,
            new Admission(authenticator, trusted, nesting, holding),
            !tenancy.multi(),
            observation,
            loops,
            call,
            limiter);
  }

  void open(@Observes Router router) {
    router.route().order(ORDER).failureHandler(DataPlane::failed);
    listener.serves(request -> dataPlane.serve(request, router));
  }

  /** When everything behind it is there. */
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent started) {
    listener.open(eventLoops(vertx));
  }

  /**
   * While health and metrics are still answered: at {@link ShutdownEvent} they are not any more.
   */
  void drain(@Observes ShutdownDelayInitiatedEvent told) {
    listener.drain(loops::closeTunnels, drain.delay(), drain.timeout());
  }

  /** Before anything behind it goes, the trust last of all. */
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent stopped) {
    listener.close();
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
