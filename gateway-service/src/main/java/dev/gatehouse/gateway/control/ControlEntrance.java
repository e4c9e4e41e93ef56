package dev.gatehouse.gateway.control;

import dev.gatehouse.common.apikey.AuthApiKey;
import dev.gatehouse.gateway.authentication.Authenticator;
import dev.gatehouse.gateway.proxy.DryRun;
import dev.gatehouse.gateway.proxy.TenancyConfig;
import dev.gatehouse.gateway.request.TrustedProxies;
import dev.gatehouse.gateway.trust.AuditHeads;
import dev.gatehouse.gateway.trust.FeedViews;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Puts the control plane right behind the data plane and before every route of Quarkus. */
@Singleton
class ControlEntrance {

  /** Greater than the data plane's, so that a request comes here only when that let it go. */
  static final int ORDER = -900;

  void open(
      @Observes Router router,
      Vertx vertx,
      Authenticator authenticator,
      TrustSource trusted,
      AuditHeads heads,
      FeedViews views,
      DryRun dryRun,
      AuthApiKey key,
      ServicesConfig services,
      TenancyConfig tenancy,
      TrustedProxies proxies) {
    ServiceClient client = new ServiceClient(vertx, key, services);
    Door door = new Door(authenticator, trusted, tenancy.multi());
    router
        .route()
        .order(ORDER)
        .handler(
            new ControlPlane(
                door,
                trusted,
                client,
                new OwnAnswers(client, heads, views, new Explanations(door, trusted, dryRun)),
                Description.onClassPath(
                    Thread.currentThread().getContextClassLoader(), Description.RESOURCE),
                new RefusalReports(vertx, client, RefusalReports.Pace.USUAL),
                proxies));
  }
}
