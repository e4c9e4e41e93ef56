package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.gateway.trust.Issuer;
import dev.gatehouse.gateway.trust.VerificationKey;
import java.util.Optional;

/**
 * What a token is worth under a certain trust, provided that its signature is good. It can be asked
 * again, cheaply, each time that the trust has changed.
 */
sealed interface Standing {

  /** It is good while its time lasts, if {@code key} has signed it. */
  record Good(VerificationKey key, Identity identity, Validity validity) implements Standing {}

  /**
   * It is refused.
   *
   * @param key present: only who could sign with it may learn why, everybody else hears that the
   *     signature is wrong. Otherwise answers would tell strangers which tenants exist
   */
  record Bad(Optional<VerificationKey> key, Unauthenticated refusal) implements Standing {}

  /** Its issuer is known, its key is not. */
  record KeyMissing(Issuer issuer) implements Standing {}
}
