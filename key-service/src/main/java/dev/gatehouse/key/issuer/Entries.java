package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TrustedKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies of what the gateways are told. */
final class Entries {

  private Entries() {}

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
