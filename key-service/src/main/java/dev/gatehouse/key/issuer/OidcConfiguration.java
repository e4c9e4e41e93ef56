package dev.gatehouse.key.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

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
   * Hosts, comma list of {@code host} or {@code host:port}, that the addresses of tenants' issuers
   * may lead to although they are not public, or not https. Whoever may register issuers can make
   * this service send requests there.
   */
  Optional<List<String>> allowedHosts();

  /**
   * Whether keys are accepted whose private halves everybody has, because a test server ships with
   * them. For an instance that nobody but its user can reach.
   */
  @WithDefault("false")
  boolean acceptPublishedKeys();
}
