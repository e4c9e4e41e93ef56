package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the gateways are told of a tenant's issuer, and copies of what they are told. */
final class Entries {

  private Entries() {}

  static IssuerEntry of(
      IssuerName name,
      String url,
      Optional<UUID> ownerId,
      Terms terms,
      List<TrustedKey> keys,
      Optional<Long> keysAsOf) {
    return new IssuerEntry(
        name.value(),
        url,
        terms.audiences(),
        terms.claimsNamespace(),
        terms.maySpeakFor(),
        ownerId,
        terms.defaultScopes(),
        Optional.of(terms.scopes()),
        keys,
        keysAsOf);
  }

  static IssuerEntry withTerms(IssuerEntry told, Terms terms) {
    return of(
        new IssuerName(told.name()),
        told.issuer(),
        told.ownerId(),
        terms,
        told.keys(),
        told.keysAsOf());
  }

  static IssuerEntry withKeys(IssuerEntry told, List<TrustedKey> keys, Instant asOf) {
    return new IssuerEntry(
        told.name(),
        told.issuer(),
        told.audiences(),
        told.claimsNamespace(),
        told.maySpeakFor(),
        told.ownerId(),
        told.defaultScopes(),
        told.scopes(),
        keys,
        Optional.of(asOf.getEpochSecond()));
  }
}
