package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.trust.Trust;
import java.time.Instant;
import java.util.Optional;

/** A token that was refused, and for how long that says something. */
final class RefusedToken implements Outcome {

  private enum Holds {
    ALWAYS,
    WHILE_TRUST_IS_THE_SAME,
    ONCE
  }

  private final Optional<Authentication> refused;
  private final Holds holds;
  private final long generation;

  private RefusedToken(Refusal refusal, Holds holds, long generation) {
    this.refused = Optional.of(new Authentication.Refused(refusal.code(), refusal.detail()));
    this.holds = holds;
    this.generation = generation;
  }

  /** The token itself is wrong. */
  static RefusedToken always(Refusal refusal) {
    return new RefusedToken(refusal, Holds.ALWAYS, 0);
  }

  /** Another key, tenant or issuer could change the answer. */
  static RefusedToken underTrustOf(long generation, Refusal refusal) {
    return new RefusedToken(refusal, Holds.WHILE_TRUST_IS_THE_SAME, generation);
  }

  /** Trying again may help at any time. */
  static RefusedToken once(Refusal refusal) {
    return new RefusedToken(refusal, Holds.ONCE, 0);
  }

  @Override
  public Optional<Authentication> under(Trust trust, Instant now) {
    return holds == Holds.WHILE_TRUST_IS_THE_SAME && generation != trust.generation()
        ? Optional.empty()
        : refused;
  }

  boolean isWorthRemembering() {
    return holds != Holds.ONCE;
  }
}
