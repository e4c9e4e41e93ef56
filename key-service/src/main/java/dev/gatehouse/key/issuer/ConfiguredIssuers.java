package dev.gatehouse.key.issuer;

import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the issuers of the configuration. Whatever is unusable, or unsafe in production, is an
 * {@link IllegalStateException} that names the key and the remedy: the process must not start.
 */
final class ConfiguredIssuers {

  private ConfiguredIssuers() {}

  static List<ConfiguredIssuer> of(
      JwtConfiguration jwt,
      IssuersConfiguration others,
      OidcConfiguration oidc,
      boolean production) {
    List<ConfiguredIssuer> issuers = new ArrayList<>();
    ofJwt(jwt, oidc, production).ifPresent(issuers::add);
    new TreeMap<>(others.issuers())
        .forEach((name, settings) -> issuers.add(named(name, settings, production)));
    refuseAmbiguous(issuers);
    return List.copyOf(issuers);
  }

  /** The one of {@code AUTH_JWT_*}, which may speak for every tenant; empty when there is none. */
  static Optional<ConfiguredIssuer> ofJwt(
      JwtConfiguration jwt, OidcConfiguration oidc, boolean production) {
    return said(jwt.issuerUrl())
        .map(
            url ->
                new ConfiguredIssuer(
                    IssuerName.DEFAULT,
                    url(url, "AUTH_JWT_ISSUER_URL"),
                    audiences(
                        jwt.audience(), "AUTH_JWT_AUDIENCE", "AUTH_JWT_ISSUER_URL", production),
                    jwt.orchestrateClaims().orElse(""),
                    Reach.EVERYTHING,
                    scopes(oidc.defaultScopes(), "gatehouse.oidc.default-scopes")));
  }

  private static ConfiguredIssuer named(
      String name, IssuersConfiguration.Settings settings, boolean production) {
    String key = "gatehouse.issuers." + name;
    if (!IssuerName.isLegal(name)) {
      throw new IllegalStateException(
          key + ": the name of an issuer has 1 to 40 characters of a-z, 0-9 and -. Rename it.");
    }
    if (name.equals(IssuerName.DEFAULT.value())) {
      throw new IllegalStateException(
          key + ": this is the name of the issuer of AUTH_JWT_*. Set those, or use another name.");
    }
    String url =
        said(settings.url())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        key
                            + ".url is not set. Set it to what the provider's tokens have as iss."));
    return new ConfiguredIssuer(
        new IssuerName(name),
        url(url, key + ".url"),
        audiences(settings.audience(), key + ".audience", key + ".url", production),
        settings.claimsNamespace().orElse(""),
        maySpeakFor(settings.maySpeakFor(), key + ".may-speak-for"),
        scopes(settings.defaultScopes(), key + ".default-scopes"));
  }

  private static void refuseAmbiguous(List<ConfiguredIssuer> issuers) {
    for (ConfiguredIssuer one : issuers) {
      for (ConfiguredIssuer other : issuers) {
        if (!one.name().equals(other.name())
            && one.url().equals(other.url())
            && Ambiguity.between(one.audiences(), other.audiences())) {
          throw new IllegalStateException(
              "The configured issuers %s and %s have the same URL and share an audience, or one of"
                      .formatted(one.name(), other.name())
                  + " them has none, so a token could belong to both. Give each audiences of its"
                  + " own (gatehouse.issuers.<name>.audience, AUTH_JWT_AUDIENCE).");
        }
      }
    }
  }

  private static Optional<String> said(Optional<String> text) {
    return text.filter(value -> !value.isBlank());
  }

  private static String url(String url, String key) {
    Optional<URI> uri = Discovery.uri(url);
    if (uri.isEmpty() || uri.get().getQuery() != null || uri.get().getFragment() != null) {
      throw new IllegalStateException(
          key
              + " is not the http or https address of an OpenID Connect issuer. Set it to what the"
              + " provider's tokens have as iss.");
    }
    return url;
  }

  private static List<String> audiences(
      Optional<List<String>> texts, String key, String urlKey, boolean production) {
    List<String> audiences =
        texts.orElse(List.of()).stream()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .toList();
    if (production && audiences.isEmpty()) {
      throw new IllegalStateException(
          key
              + " is not set, though "
              + urlKey
              + " is: tokens that the identity provider made for other applications would be"
              + " accepted. Set it to the audience that is registered for Gatehouse.");
    }
    return audiences;
  }

  private static Reach maySpeakFor(Optional<String> text, String key) {
    try {
      return said(text)
          .map(String::strip)
          .map(Reach::parse)
          .filter(reach -> !reach.top().map(top -> top.isDefault()).orElse(false))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      key + " is not set. Set it to a tenant, or to * for every tenant."));
    } catch (Invalid e) {
      throw new IllegalStateException(
          key + " is wrong: " + e.detail() + ". Set it to a tenant, or to * for every tenant.");
    }
  }

  private static Set<Scope> scopes(List<String> texts, String key) {
    try {
      return texts.stream().map(String::strip).map(Scope::new).collect(Collectors.toSet());
    } catch (Invalid e) {
      throw new IllegalStateException(key + " is wrong: " + e.detail());
    }
  }

  /** The names of the configured ones, as the log says them. */
  static String names(List<ConfiguredIssuer> issuers) {
    return issuers.stream().map(issuer -> issuer.name().value()).collect(Collectors.joining(", "));
  }

  /** By name, for comparison with what is registered. */
  static Map<String, ConfiguredIssuer> byName(List<ConfiguredIssuer> issuers) {
    return issuers.stream().collect(Collectors.toMap(issuer -> issuer.name().value(), it -> it));
  }
}
