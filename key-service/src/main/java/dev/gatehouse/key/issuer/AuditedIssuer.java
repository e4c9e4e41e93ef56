package dev.gatehouse.key.issuer;

import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** An issuer as the audit shows it: what somebody decides, without what is fetched. */
record AuditedIssuer(
    UUID id,
    String name,
    String issuer,
    List<String> audiences,
    String claimsNamespace,
    Reach maySpeakFor,
    String owner,
    List<String> defaultScopes,
    Optional<List<String>> scopes) {

  AuditedIssuer {
    audiences = List.copyOf(audiences);
    defaultScopes = List.copyOf(defaultScopes);
    scopes = scopes.map(List::copyOf);
  }

  static AuditDraft created(Issuer issuer) {
    return AuditDraft.created(
        issuer.ownerReach(), "issuer.create", path(issuer), of(issuer, issuer.told()));
  }

  static AuditDraft changed(Issuer issuer, IssuerEntry before) {
    return AuditDraft.changed(
        issuer.ownerReach(),
        "issuer.change",
        path(issuer),
        of(issuer, before),
        of(issuer, issuer.told()));
  }

  static AuditDraft removed(Issuer issuer) {
    return AuditDraft.removed(
        issuer.ownerReach(), "issuer.remove", path(issuer), of(issuer, issuer.told()));
  }

  private static AuditedIssuer of(Issuer issuer, IssuerEntry entry) {
    return new AuditedIssuer(
        issuer.id,
        issuer.name,
        issuer.url,
        entry.audiences(),
        entry.claimsNamespace(),
        entry.maySpeakFor(),
        issuer.owner,
        sorted(entry.defaultScopes()),
        entry.scopes().map(AuditedIssuer::sorted));
  }

  private static String path(Issuer issuer) {
    return "/api/v1/issuers/" + issuer.name + "?owner=" + issuer.owner;
  }

  private static List<String> sorted(Set<Scope> scopes) {
    TreeSet<String> texts = new TreeSet<>();
    scopes.forEach(scope -> texts.add(scope.value()));
    return List.copyOf(texts);
  }
}
