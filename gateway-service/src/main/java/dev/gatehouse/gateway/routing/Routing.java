package dev.gatehouse.gateway.routing;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Gives the checked configuration to those who inject it. */
@Dependent
class Routing {

  @Produces
  @Singleton
  Apis apis(ApisConfig config) {
    return RoutingChecks.apis(config);
  }

  @Produces
  @Singleton
  Hosts hosts(HostsConfig config, Apis apis) {
    return RoutingChecks.hosts(config, apis);
  }
}
