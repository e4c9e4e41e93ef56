package dev.gatehouse.key.issuer;

import dev.gatehouse.common.database.DatabaseMigrated;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Registers the configured issuer once, and then looks every second whose keys are due. */
@ApplicationScoped
class IssuerSchedule {

  private static final Logger LOG = Logger.getLogger(IssuerSchedule.class);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final JwtConfiguration jwt;
  private final OidcConfiguration oidc;
  private final IssuerRegistration registration;
  private final KeyRefresh refresh;
  private final Background background;
  private final Vertx vertx;
  private volatile boolean registered;
  private volatile boolean failing;
  private volatile boolean stopped;

  IssuerSchedule(
      JwtConfiguration jwt,
      OidcConfiguration oidc,
      IssuerRegistration registration,
      KeyRefresh refresh,
      Background background,
      Vertx vertx) {
    this.jwt = jwt;
    this.oidc = oidc;
    this.registration = registration;
    this.refresh = refresh;
    this.background = background;
    this.vertx = vertx;
  }

  void check(@Observes StartupEvent event) {
    if (configured().isEmpty()) {
      LOG.info(
          "AUTH_JWT_ISSUER_URL is not set: no token of an identity provider is accepted, tenant API"
              + " tokens are");
    }
  }

  void start(@Observes DatabaseMigrated event) {
    look();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private Optional<ConfiguredIssuer> configured() {
    return ConfiguredIssuer.of(jwt, oidc, ConfigUtils.isProfileActive("prod"));
  }

  private void look() {
    if (!stopped) {
      background.run(this::due).subscribe().with(this::refreshAll, this::failed);
    }
  }

  private Uni<List<UUID>> due() {
    Uni<Void> first = registered ? Uni.createFrom().voidItem() : registration.apply(configured());
    return first.invoke(() -> registered = true).flatMap(done -> refresh.due());
  }

  /** Each on its own: one slow provider does not hold up the others. */
  private void refreshAll(List<UUID> due) {
    failing = false;
    for (UUID id : due) {
      background
          .run(() -> refresh.refresh(id))
          .subscribe()
          .with(
              done -> LOG.debugf("Looked after the keys of %s", id),
              failure -> LOG.debugf("Not refreshed: %s", failure.getMessage()));
    }
    vertx.setTimer(PACE.toMillis(), id -> look());
  }

  private void failed(Throwable failure) {
    if (!failing && !stopped) {
      LOG.warnf("The issuers cannot be looked after, trying again: %s", failure.getMessage());
    }
    failing = true;
    vertx.setTimer(PACE.toMillis(), id -> look());
  }
}
