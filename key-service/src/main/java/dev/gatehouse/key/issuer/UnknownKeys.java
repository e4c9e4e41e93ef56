package dev.gatehouse.key.issuer;

import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.issuer.KeyRefresh.Claim;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/**
 * Looks for a key that a gateway met and does not know: at once if the last fetch is not too
 * recent, and by one fetch for all who ask meanwhile, in all replicas.
 */
@ApplicationScoped
class UnknownKeys {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  private final KeyRefresh refresh;
  private final Background background;
  private final Vertx vertx;

  UnknownKeys(KeyRefresh refresh, Background background, Vertx vertx) {
    this.refresh = refresh;
    this.background = background;
    this.vertx = vertx;
  }

  /** The revision of the issuer at which a key that is still unknown is none of its keys. */
  Uni<Long> settle(UUID issuer, String kid) {
    return background
        .run(() -> attempt(issuer, kid))
        .onFailure(FetchFailure.class)
        .transform(failure -> KeyRefresh.providerDown());
  }

  private Uni<Long> attempt(UUID issuer, String kid) {
    return refresh
        .claim(issuer, kid)
        .flatMap(
            claim -> {
              if (claim instanceof Claim.Fetch fetch) {
                return refresh.fetch(issuer, fetch);
              }
              if (claim instanceof Claim.Settled settled) {
                return Uni.createFrom().item(settled.revision());
              }
              return later().flatMap(now -> attempt(issuer, kid));
            });
  }

  /** A lease ends, so this does too. */
  private Uni<Void> later() {
    return Uni.createFrom()
        .emitter(emitter -> vertx.setTimer(LOOK_AGAIN.toMillis(), id -> emitter.complete(null)));
  }
}
