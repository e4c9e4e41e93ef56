package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An issuer that the configuration names. */
record ConfiguredIssuer(
    IssuerName name,
    String url,
    List<String> audiences,
    String claimsNamespace,
    Reach maySpeakFor,
    Set<Scope> defaultScopes) {

  ConfiguredIssuer {
    audiences = List.copyOf(audiences);
    defaultScopes = Set.copyOf(defaultScopes);
  }

  /** As the gateways are to know it, with these keys. */
  IssuerEntry entry(List<TrustedKey> keys, Optional<Long> keysAsOf) {
    return new IssuerEntry(
        name.value(),
        url,
        audiences,
        claimsNamespace,
        maySpeakFor,
        Optional.empty(),
        defaultScopes,
        Optional.empty(),
        keys,
        keysAsOf);
  }
}
