package dev.gatehouse.gateway.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.gateway.trust.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The tokens seen lately, good ones and refused ones apart, so that a flood of the one cannot push
 * out the other.
 */
final class TokenCache {

  private final Cache<TokenHash, VerifiedToken> verified;
  private final Cache<TokenHash, RefusedToken> refused;

  /**
   * @param idle how long a good token is remembered that nobody uses
   * @param refusedFor how long a refused token is remembered
   */
  TokenCache(long entries, Duration idle, long refusedEntries, Duration refusedFor) {
    this.verified =
        Caffeine.newBuilder()
            .maximumSize(entries)
            .expireAfterAccess(idle)
            .executor(Runnable::run)
            .build();
    this.refused =
        Caffeine.newBuilder()
            .maximumSize(refusedEntries)
            .expireAfterWrite(refusedFor)
            .executor(Runnable::run)
            .build();
  }

  /** The answer to a token that is remembered; empty when it must be verified. */
  Optional<Authentication> answer(TokenHash hash, Trust trust, Instant now) {
    VerifiedToken good = verified.getIfPresent(hash);
    if (good != null) {
      Optional<Authentication> answer = good.under(trust, now);
      if (answer.isPresent()) {
        return answer;
      }
      verified.asMap().remove(hash, good);
    }
    RefusedToken bad = refused.getIfPresent(hash);
    return bad == null ? Optional.empty() : bad.under(trust, now);
  }

  void remember(TokenHash hash, Outcome outcome) {
    if (outcome instanceof VerifiedToken good) {
      verified.put(hash, good);
    } else if (outcome instanceof RefusedToken bad && bad.isWorthRemembering()) {
      refused.put(hash, bad);
    }
  }

  /** How many good tokens are remembered. */
  long size() {
    verified.cleanUp();
    return verified.estimatedSize();
  }

  /**
   * When the first of the good tokens in use expires that have not expired yet, in seconds since
   * the epoch; NaN when there is none.
   */
  double earliestExpiry(Instant now) {
    long earliest = Long.MAX_VALUE;
    for (VerifiedToken token : verified.asMap().values()) {
      long expiresAt = token.expiresAt();
      if (expiresAt > now.getEpochSecond() && expiresAt < earliest) {
        earliest = expiresAt;
      }
    }
    return earliest == Long.MAX_VALUE ? Double.NaN : earliest;
  }
}
