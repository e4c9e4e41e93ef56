package dev.gatehouse.gateway.routing;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Gives the checked configuration to those who inject it. */
@Dependent
class Routing {

  private static final Logger LOG = Logger.getLogger(Routing.class);

  @Produces
  @Singleton
  Apis apis(ApisConfig config) {
    Apis apis = RoutingChecks.apis(config);
    RoutingChecks.warnings(apis).forEach(LOG::warn);
    return apis;
  }

  @Produces
  @Singleton
  Hosts hosts(HostsConfig config, Apis apis) {
    return RoutingChecks.hosts(config, apis);
  }
}
