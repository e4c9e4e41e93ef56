package dev.gatehouse.key.revocation;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.key.anchor.OpstraceIds;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.owner.IssuerNames;
import dev.gatehouse.key.owner.TenantDirectory;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns the names in a revocation into what stands in tokens. Neither an issuer's address nor a key
 * has to be known here: tokens of somebody else's key, or of one that is gone, can be revoked too.
 */
@ApplicationScoped
class RevocationNames {

  private final TenantDirectory tenants;
  private final IssuerNames issuers;
  private final OpstraceIds opstraceIds;

  RevocationNames(TenantDirectory tenants, IssuerNames issuers, OpstraceIds opstraceIds) {
    this.tenants = tenants;
    this.issuers = issuers;
    this.opstraceIds = opstraceIds;
  }

  Uni<Optional<UUID>> registrationOf(Reach owner) {
    return owner
        .top()
        .map(tenant -> tenants.registrationOf(tenant).map(Optional::of))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
  }

  /** Runs in the session of its caller. */
  Uni<Revoked> resolve(
      Caller caller, Reach owner, Optional<UUID> registration, NewRevocation wanted) {
    return issuer(caller, wanted.issuer())
        .flatMap(
            issuer ->
                key(wanted.key()).map(key -> revoked(owner, registration, wanted, issuer, key)));
  }

  private static Revoked revoked(
      Reach owner,
      Optional<UUID> registration,
      NewRevocation wanted,
      Optional<String> issuer,
      Optional<KeyId> key) {
    String value =
        wanted.type() == RevocationEntry.Type.ISSUER
            ? issuer.orElse(wanted.value())
            : wanted.value();
    return new Revoked(
        owner,
        registration,
        wanted.type(),
        value,
        issuer,
        key,
        wanted.notBefore(),
        wanted.expiresAt(),
        wanted.reason());
  }

  private Uni<Optional<String>> issuer(Caller caller, Optional<String> nameOrUrl) {
    if (nameOrUrl.isEmpty() || nameOrUrl.get().contains("://")) {
      nameOrUrl.ifPresent(RevocationNames::checkUrl);
      return Uni.createFrom().item(nameOrUrl);
    }
    return issuers
        .resolve(caller, nameOrUrl.get(), Optional.empty())
        .map(named -> Optional.of(named.url()));
  }

  private static void checkUrl(String url) {
    boolean http = url.startsWith("https://") || url.startsWith("http://");
    try {
      if (http && URI.create(url).getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      throw notIssuer();
    }
    throw notIssuer();
  }

  private static RuntimeException notIssuer() {
    return Fields.invalid(
        "issuer is the name of a registered issuer, or the address that stands in iss");
  }

  private Uni<Optional<KeyId>> key(Optional<String> id) {
    if (id.isPresent() && OpstraceKeyId.isHexSha1(id.get())) {
      return opstraceIds.keyOf(new OpstraceKeyId(id.get())).map(Optional::of);
    }
    return Uni.createFrom().item(id.map(KeyId::new));
  }
}
