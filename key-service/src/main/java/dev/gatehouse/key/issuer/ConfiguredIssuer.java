package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The issuer that the configuration names. It may speak for every tenant. */
record ConfiguredIssuer(
    String url, List<String> audiences, String claimsNamespace, Set<Scope> defaultScopes) {

  static final String NAME = "default";

  ConfiguredIssuer {
    audiences = List.copyOf(audiences);
    defaultScopes = Set.copyOf(defaultScopes);
  }

  /**
   * Reads the configuration; empty when it names no issuer.
   *
   * @throws IllegalStateException when it is unusable, or unsafe in production; the message names
   *     the key and the remedy, and the process must not start
   */
  static Optional<ConfiguredIssuer> of(
      JwtConfiguration jwt, OidcConfiguration oidc, boolean production) {
    Optional<String> url = jwt.issuerUrl().filter(text -> !text.isBlank());
    if (url.isEmpty()) {
      return Optional.empty();
    }
    List<String> audiences =
        jwt.audience().orElse(List.of()).stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (production && audiences.isEmpty()) {
      throw new IllegalStateException(
          "AUTH_JWT_AUDIENCE is not set, though AUTH_JWT_ISSUER_URL is: tokens that the identity"
              + " provider made for other applications would be accepted. Set it to the audience"
              + " that is registered for Gatehouse.");
    }
    return Optional.of(
        new ConfiguredIssuer(
            checked(url.get()),
            audiences,
            jwt.orchestrateClaims().orElse(""),
            scopes(oidc.defaultScopes())));
  }

  /** As the gateways are to know it, with these keys. */
  IssuerEntry entry(List<TrustedKey> keys, Optional<Long> keysAsOf) {
    return new IssuerEntry(
        NAME,
        url,
        audiences,
        claimsNamespace,
        Reach.EVERYTHING,
        Optional.empty(),
        defaultScopes,
        Optional.empty(),
        keys,
        keysAsOf);
  }

  private static String checked(String url) {
    Optional<URI> uri = Discovery.uri(url);
    if (uri.isEmpty() || uri.get().getQuery() != null || uri.get().getFragment() != null) {
      throw new IllegalStateException(
          "AUTH_JWT_ISSUER_URL is not the http or https address of an OpenID Connect issuer. Set it"
              + " to what the provider's tokens have as iss.");
    }
    return url;
  }

  private static Set<Scope> scopes(List<String> texts) {
    try {
      return texts.stream().map(String::strip).map(Scope::new).collect(Collectors.toSet());
    } catch (Invalid e) {
      throw new IllegalStateException("gatehouse.oidc.default-scopes is wrong: " + e.detail());
    }
  }
}
