package dev.gatehouse.key.issuer;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** The issuer that comes with the deployment; its keys are named as Orchestrate's were. */
@ConfigMapping(prefix = "auth.jwt")
interface JwtConfiguration {

  /**
   * The issuer, compared with {@code iss} exactly, a slash at the end included. Without it no token
   * of an identity provider is accepted.
   */
  Optional<String> issuerUrl();

  /** The audiences, comma list, one of which must be in {@code aud}. Required in production. */
  Optional<List<String>> audience();

  /**
   * The top-level claim that holds {@code tenant_id} and {@code username}; without it the two stand
   * at top level.
   */
  Optional<String> orchestrateClaims();
}
