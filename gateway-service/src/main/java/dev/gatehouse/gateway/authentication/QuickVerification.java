package dev.gatehouse.gateway.authentication;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Function;

/**
 * Verifies on the caller's thread what takes no longer than handing it to another thread and back,
 * as long as few tokens are refused: who holds a key of a tenant can have it used by sending
 * requests in any case, and who holds none cannot have much of it. All else goes on to {@code
 * others}.
 */
final class QuickVerification implements Verification {

  private final Function<String, Optional<Outcome>> quickly;
  private final TokenCache cache;
  private final Calm calm;
  private final Verification others;

  /**
   * @param quickly empty for a token that it would take longer to verify
   */
  QuickVerification(
      Function<String, Optional<Outcome>> quickly,
      TokenCache cache,
      Calm calm,
      Verification others) {
    this.quickly = quickly;
    this.cache = cache;
    this.calm = calm;
    this.others = others;
  }

  @Override
  public Future<Outcome> verify(TokenHash hash, String token) {
    if (!calm.isNow()) {
      return others.verify(hash, token).onSuccess(this::note);
    }
    try {
      Optional<Outcome> outcome = quickly.apply(token);
      if (outcome.isEmpty()) {
        return others.verify(hash, token).onSuccess(this::note);
      }
      cache.remember(hash, outcome.get());
      note(outcome.get());
      return Future.succeededFuture(outcome.get());
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private void note(Outcome outcome) {
    if (outcome instanceof RefusedToken) {
      calm.refused();
    }
  }

  @Override
  public void close() {
    others.close();
  }
}
