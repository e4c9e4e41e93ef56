package dev.gatehouse.key.issuer;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A tenant's issuer in an export of the registry. Its keys are not in it: they are fetched anew.
 *
 * @param ownerId the registration of the owner, which has the same id after an import
 */
public record ExportedIssuer(
    UUID id,
    String name,
    TenantId owner,
    UUID ownerId,
    String issuer,
    List<String> audiences,
    String claimsNamespace,
    Reach maySpeakFor,
    Set<Scope> defaultScopes,
    Set<Scope> scopes,
    Instant createdAt) {

  public ExportedIssuer {
    audiences = List.copyOf(audiences);
    defaultScopes = Set.copyOf(defaultScopes);
    scopes = Set.copyOf(scopes);
  }

  static ExportedIssuer of(Issuer issuer) {
    Terms terms = Terms.of(issuer.told());
    return new ExportedIssuer(
        issuer.id,
        issuer.name,
        issuer.ownerReach().top().orElseThrow(),
        issuer.told().ownerId().orElseThrow(),
        issuer.url,
        terms.audiences(),
        terms.claimsNamespace(),
        terms.maySpeakFor(),
        terms.defaultScopes(),
        terms.scopes(),
        issuer.createdAt);
  }

  /** What the gateways are told of it before its keys are there. */
  IssuerEntry entry() {
    return Entries.of(
        new IssuerName(name),
        issuer,
        Optional.of(ownerId),
        new Terms(audiences, claimsNamespace, maySpeakFor, defaultScopes, scopes),
        List.of(),
        Optional.empty());
  }
}
