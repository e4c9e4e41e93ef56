package dev.gatehouse.cli.login;

import java.time.Instant;
import java.util.Optional;

/**
 * A bearer token (RFC 6750) for the control plane. It never shows itself.
 *
 * @param expiresAt when its issuer said that it expires, if it said so
 * @param isRemembered whether it comes from an earlier run
 */
public record AccessToken(String value, Optional<Instant> expiresAt, boolean isRemembered) {

  @Override
  public String toString() {
    return "AccessToken[until " + expiresAt.map(Instant::toString).orElse("unknown") + "]";
  }
}
