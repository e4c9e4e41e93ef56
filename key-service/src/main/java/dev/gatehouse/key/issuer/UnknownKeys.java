package dev.gatehouse.key.issuer;

import dev.gatehouse.common.database.Background;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.issuer.KeyRefresh.Claim;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/**
 * Looks for a key that a gateway met and does not know: at once if the last fetch is not too
 * recent, and by one fetch for all who ask meanwhile, in all replicas.
 */
@ApplicationScoped
class UnknownKeys {

  private final KeyRefresh refresh;
  private final Background background;

  UnknownKeys(KeyRefresh refresh, Background background) {
    this.refresh = refresh;
    this.background = background;
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
                return refresh.fetchNow(issuer, fetch);
              }
              if (claim instanceof Claim.Settled settled) {
                return Uni.createFrom().item(settled.revision());
              }
              return refresh.later().flatMap(now -> attempt(issuer, kid));
            });
  }
}
