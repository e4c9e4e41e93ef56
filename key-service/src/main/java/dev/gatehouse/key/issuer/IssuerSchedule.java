package dev.gatehouse.key.issuer;

import dev.gatehouse.common.database.Background;
import dev.gatehouse.common.database.DatabaseMigrated;
import dev.gatehouse.key.issuer.IssuerTable.Due;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Registers the configured issuers once, and then looks every second whose keys are due. */
@ApplicationScoped
class IssuerSchedule {

  private static final Logger LOG = Logger.getLogger(IssuerSchedule.class);
  private static final Duration PACE = Duration.ofSeconds(1);

  private final JwtConfiguration jwt;
  private final IssuersConfiguration others;
  private final OidcConfiguration oidc;
  private final IssuerRegistration registration;
  private final KeyRefresh refresh;
  private final IssuersReadiness readiness;
  private final Background background;
  private final Vertx vertx;
  private volatile @Nullable String trouble;
  private volatile boolean stopped;

  IssuerSchedule(
      JwtConfiguration jwt,
      IssuersConfiguration others,
      OidcConfiguration oidc,
      IssuerRegistration registration,
      KeyRefresh refresh,
      @Readiness IssuersReadiness readiness,
      Background background,
      Vertx vertx) {
    this.jwt = jwt;
    this.others = others;
    this.oidc = oidc;
    this.registration = registration;
    this.refresh = refresh;
    this.readiness = readiness;
    this.background = background;
    this.vertx = vertx;
  }

  void check(@Observes StartupEvent event) {
    ProviderKeys.allowedHosts(oidc);
    List<ConfiguredIssuer> configured = configured();
    if (configured.isEmpty()) {
      LOG.info(
          "Neither AUTH_JWT_ISSUER_URL nor gatehouse.issuers is set: tokens of an identity provider"
              + " are accepted only where a tenant has registered it");
    } else {
      LOG.infof("Issuers of the configuration: %s", ConfiguredIssuers.names(configured));
    }
  }

  void start(@Observes DatabaseMigrated event) {
    look();
  }

  void stop(@Observes ShutdownEvent event) {
    stopped = true;
  }

  private List<ConfiguredIssuer> configured() {
    return ConfiguredIssuers.of(jwt, others, oidc, ConfigUtils.isProfileActive("prod"));
  }

  private void look() {
    if (!stopped) {
      background.run(this::due).subscribe().with(this::refreshAll, this::failed);
    }
  }

  private Uni<List<Due>> due() {
    Uni<Void> first =
        readiness.areRegistered() ? Uni.createFrom().voidItem() : registration.apply(configured());
    return first.invoke(readiness::registered).flatMap(done -> refresh.due());
  }

  /** Each on its own: one slow provider does not hold up the others. */
  private void refreshAll(List<Due> due) {
    trouble = null;
    for (Due issuer : due) {
      refresh.turn(issuer).ifPresent(turn -> refresh(issuer.id(), turn));
    }
    vertx.setTimer(PACE.toMillis(), id -> look());
  }

  private void refresh(UUID issuer, Runnable turn) {
    background
        .run(() -> refresh.refresh(issuer))
        .onTermination()
        .invoke(turn)
        .subscribe()
        .with(
            done -> LOG.debugf("Looked after the keys of %s", issuer),
            failure -> LOG.debugf("Not refreshed: %s", failure.getMessage()));
  }

  private void failed(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (!message.equals(trouble) && !stopped) {
      LOG.warnf("The issuers cannot be looked after, trying again: %s", message);
    }
    LOG.debug("Not looked after", failure);
    trouble = message;
    vertx.setTimer(PACE.toMillis(), id -> look());
  }
}
