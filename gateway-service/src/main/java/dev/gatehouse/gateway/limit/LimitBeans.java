package dev.gatehouse.gateway.limit;

import dev.gatehouse.gateway.trust.DemandReports;
import dev.gatehouse.gateway.trust.TrustSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the limits together in the running gateway. */
@Singleton
class LimitBeans {

  private final Limiter limiter;
  private final Sharing sharing;

  LimitBeans(LimitsConfig config, TrustSource trusted, DemandReports reports) {
    this.limiter = new Limiter(trusted, DefaultLimits.of(config), System::nanoTime);
    this.sharing = new Sharing(new Demand(limiter), reports);
  }

  void start(@Observes StartupEvent event) {
    sharing.start();
  }

  void stop(@Observes ShutdownEvent event) {
    sharing.close();
  }

  @Produces
  @Singleton
  Limiter limiter() {
    return limiter;
  }
}
