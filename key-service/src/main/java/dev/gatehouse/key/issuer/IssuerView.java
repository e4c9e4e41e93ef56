package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An issuer as the API shows it.
 *
 * @param issuer what its tokens have as {@code iss}
 * @param maySpeakFor the tenants that its tokens may name
 * @param owner a tenant, or {@code *} for the operator
 * @param scopes the most that its tokens can have; absent: whatever they name
 * @param origin {@code configuration} or {@code api}
 * @param keys those that are trusted now
 * @param keysAsOf when the gateways were last told of them; at most an hour behind the last fetch
 * @param lastError why the last attempt failed, a word of {@link
 *     dev.gatehouse.key.fetch.FetchFailure.Reason}; absent when it went well
 * @param revision the change that made it what it is
 * @param missing the gateways that have not applied it yet, where that was asked for
 */
record IssuerView(
    UUID id,
    String name,
    String issuer,
    List<String> audiences,
    String claimsNamespace,
    Reach maySpeakFor,
    String owner,
    List<Scope> defaultScopes,
    Optional<List<Scope>> scopes,
    String origin,
    List<Key> keys,
    Optional<Instant> keysAsOf,
    Optional<Instant> lastAttempt,
    Optional<String> lastError,
    Instant createdAt,
    long revision,
    Optional<List<String>> missing) {

  IssuerView {
    audiences = List.copyOf(audiences);
    defaultScopes = List.copyOf(defaultScopes);
    scopes = scopes.map(List::copyOf);
    keys = List.copyOf(keys);
    missing = missing.map(List::copyOf);
  }

  static IssuerView of(Issuer issuer) {
    IssuerEntry told = issuer.told();
    return new IssuerView(
        issuer.id,
        issuer.name,
        issuer.url,
        told.audiences(),
        told.claimsNamespace(),
        told.maySpeakFor(),
        issuer.owner,
        sorted(told.defaultScopes()),
        told.scopes().map(IssuerView::sorted),
        issuer.isConfigured() ? "configuration" : "api",
        told.keys().stream().map(Key::of).toList(),
        told.keysAsOf().map(Instant::ofEpochSecond),
        Optional.ofNullable(issuer.attemptedAt),
        Optional.ofNullable(issuer.lastError),
        issuer.createdAt,
        issuer.revision,
        Optional.empty());
  }

  IssuerView withMissing(Optional<List<String>> gateways) {
    return new IssuerView(
        id,
        name,
        issuer,
        audiences,
        claimsNamespace,
        maySpeakFor,
        owner,
        defaultScopes,
        scopes,
        origin,
        keys,
        keysAsOf,
        lastAttempt,
        lastError,
        createdAt,
        revision,
        gateways);
  }

  private static List<Scope> sorted(Collection<Scope> scopes) {
    return scopes.stream().sorted((a, b) -> a.value().compareTo(b.value())).toList();
  }

  /** A key by its id in the provider's JWKS. */
  record Key(String kid, Optional<String> algorithm) {
    static Key of(TrustedKey key) {
      return new Key(key.kid(), key.alg());
    }
  }
}
