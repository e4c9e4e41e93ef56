package dev.gatehouse.gateway.authentication;

import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.VerificationKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A token whose signature is good. The signature is all that is taken for granted later on: whoever
 * asks brings the trust of the moment, and where that is another than the last time, everything but
 * the signature is judged again. It dies when the key that signed it is not, as an object, the one
 * that vouches for it now.
 */
final class VerifiedToken implements Outcome {

  private final TokenFacts facts;
  private final VerificationKey key;
  private final TokenRules rules;
  private volatile Judged judged;

  private record Judged(long generation, Validity validity, Optional<Authentication> accepted) {}

  /**
   * @param good what the token is worth under the trust of {@code generation}
   */
  VerifiedToken(TokenFacts facts, TokenRules rules, long generation, Standing.Good good) {
    this.facts = facts;
    this.key = good.key();
    this.rules = rules;
    this.judged = judged(generation, good);
  }

  @Override
  public Optional<Authentication> under(Trust trust, Instant now) {
    Judged known = judged;
    if (known.generation() != trust.generation()) {
      if (!(rules.standing(facts, trust) instanceof Standing.Good good) || good.key() != key) {
        return Optional.empty();
      }
      known = judged(trust.generation(), good);
      judged = known;
    }
    return known.validity().at(now, known.accepted());
  }

  /** {@code exp}, in seconds since the epoch. */
  long expiresAt() {
    return facts.claims().expiresAt().getEpochSecond();
  }

  private static Judged judged(long generation, Standing.Good good) {
    return new Judged(
        generation, good.validity(), Optional.of(new Authentication.Accepted(good.identity())));
  }
}
