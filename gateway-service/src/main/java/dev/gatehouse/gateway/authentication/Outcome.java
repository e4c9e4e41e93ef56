package dev.gatehouse.gateway.authentication;

import dev.gatehouse.gateway.trust.Trust;
import java.time.Instant;
import java.util.Optional;

/** What came of verifying a token: something that can be asked again while it is remembered. */
sealed interface Outcome permits VerifiedToken, RefusedToken {

  /** The answer under this trust at this time; empty when the token must be verified anew. */
  Optional<Authentication> under(Trust trust, Instant now);
}
