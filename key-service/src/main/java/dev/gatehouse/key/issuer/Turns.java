package dev.gatehouse.key.issuer;

import dev.gatehouse.common.name.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many fetches run at once, in this process, so that no provider keeps others waiting by being
 * slow. Three lanes that share nothing:
 *
 * <ul>
 *   <li>the operator's issuers: they are few, and never wait;
 *   <li>tenants' issuers whose last fetch went well: {@value #MOST};
 *   <li>tenants' issuers whose last fetch failed: {@value #MOST_FAILING}. A provider that never
 *       answers holds a turn of the lane before this one once, and from then on delays only its
 *       like.
 * </ul>
 *
 * <p>And in each lane at most {@value #MOST_OF_ONE} of one top-level tenant and those nested in it.
 * Nobody queues: without a turn the issuer stays due, and is looked at again a second later.
 */
@ApplicationScoped
class Turns {

  static final int MOST = 64;
  static final int MOST_FAILING = 16;
  static final int MOST_OF_ONE = 4;

  private final Lane healthy = new Lane(MOST);
  private final Lane failing = new Lane(MOST_FAILING);

  /** A turn that has to be given back; empty when there is none now. */
  Optional<Runnable> take(Provider provider) {
    if (provider.isOfOperator()) {
      return Optional.of(() -> {});
    }
    Lane lane = provider.failing() ? failing : healthy;
    return lane.take(provider.owner().top().map(Turns::topLevel).orElseThrow());
  }

  private static String topLevel(TenantId owner) {
    return owner.segments().get(0);
  }

  private static final class Lane {
    private final int most;
    private final Map<String, Integer> taken = new HashMap<>();
    private int total;

    Lane(int most) {
      this.most = most;
    }

    synchronized Optional<Runnable> take(String tenant) {
      if (total >= most || taken.getOrDefault(tenant, 0) >= MOST_OF_ONE) {
        return Optional.empty();
      }
      total++;
      taken.merge(tenant, 1, Integer::sum);
      return Optional.of(() -> giveBack(tenant));
    }

    private synchronized void giveBack(String tenant) {
      total--;
      taken.computeIfPresent(tenant, (name, count) -> count == 1 ? null : count - 1);
    }
  }
}
