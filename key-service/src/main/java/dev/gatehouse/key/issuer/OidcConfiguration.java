package dev.gatehouse.key.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How identity providers are treated. */
@ConfigMapping(prefix = "gatehouse.oidc")
interface OidcConfiguration {

  /** The scopes of tokens that name none of Gatehouse's; comma list. */
  @WithDefault("*:read,*:write")
  List<String> defaultScopes();

  /** After this a provider that has not given a whole answer is taken for down. */
  @WithDefault("3s")
  Duration deadline();

  /**
   * The shortest time between two fetches that unknown key ids cause, per issuer, so that a flood
   * of made-up tokens is no flood for the provider.
   */
  @WithDefault("10s")
  Duration unknownKeyInterval();

  /**
   * Whether keys are accepted whose private halves everybody has, because a test server ships with
   * them. For an instance that nobody but its user can reach.
   */
  @WithDefault("false")
  boolean acceptPublishedKeys();
}
