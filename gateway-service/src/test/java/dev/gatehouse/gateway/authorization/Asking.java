package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authentication.TokenTenants;
import dev.gatehouse.gateway.catalog.Catalog;
import dev.gatehouse.gateway.catalog.Catalogs;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import dev.gatehouse.gateway.catalog.PathPrefix;
import dev.gatehouse.gateway.catalog.Traits;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.ApiName;
import dev.gatehouse.gateway.routing.Backend;
import dev.gatehouse.gateway.routing.Backends;
import dev.gatehouse.gateway.routing.Mode;
import dev.gatehouse.gateway.routing.Timeouts;
import dev.gatehouse.gateway.trust.Anchor;
import dev.gatehouse.gateway.trust.Issuer;
import dev.gatehouse.gateway.trust.Trust;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts a question to {@link Decisions}: whose token asks for what. */
final class Asking {

  private static final Set<Scope> EVERY_DATA_SCOPE =
      EnumSet.allOf(OperationClass.class).stream()
          .map(kind -> new Scope("*:" + kind.access()))
          .collect(Collectors.toSet());

  private static final Catalog ANY = Catalogs.builtIn("any").orElseThrow().compile(PathPrefix.NONE);

  private final TokenTenants token;
  private Set<Scope> scopes = EVERY_DATA_SCOPE;
  private OperationClass kind = OperationClass.READ;
  private Optional<TenantId> addressed = Optional.empty();
  private List<String> tenantIds = List.of();
  private List<String> orgIds = List.of();
  private Optional<Set<TenantId>> servedTenants = Optional.empty();
  private boolean apiFederates;
  private boolean operationFederates;
  private Optional<Anchor> anchor = Optional.empty();
  private Optional<Issuer> issuer = Optional.empty();

  private Asking(TokenTenants token) {
    this.token = token;
  }

  /** A token of one tenant, of several ({@code a,b}), or of every one ({@code *}). */
  static Asking tokenOf(String tenants) {
    return new Asking(
        tenants.equals("*")
            ? TokenTenants.EVERY
            : TokenTenants.of(Arrays.stream(tenants.split(",", -1)).map(TenantId::new).toList()));
  }

  Asking scopes(String... names) {
    scopes = Arrays.stream(names).map(Scope::new).collect(Collectors.toSet());
    return this;
  }

  Asking to(OperationClass wanted) {
    kind = wanted;
    return this;
  }

  /** By host or path. */
  Asking at(String tenant) {
    addressed = Optional.of(new TenantId(tenant));
    return this;
  }

  /** By {@code X-Tenant-ID}. */
  Asking tenantIds(String... values) {
    tenantIds = List.of(values);
    return this;
  }

  /** With the tenant header of the backend. */
  Asking orgIds(String... values) {
    orgIds = List.of(values);
    return this;
  }

  Asking apiServing(String... tenants) {
    servedTenants =
        Optional.of(Arrays.stream(tenants).map(TenantId::new).collect(Collectors.toSet()));
    return this;
  }

  /** Whether the api, and whether the operation, takes several tenants at once. */
  Asking federating(boolean api, boolean operation) {
    apiFederates = api;
    operationFederates = operation;
    return this;
  }

  Asking signedBy(Anchor by) {
    anchor = Optional.of(by);
    return this;
  }

  Asking issuedBy(Issuer by) {
    issuer = Optional.of(by);
    return this;
  }

  Decision decide(Trust trust) {
    return decide(trust, NestingSettings.NONE);
  }

  Decision decide(Trust trust, NestingSettings settings) {
    return Decisions.decide(
        new Identity(
            anchor.isPresent() ? Identity.Kind.TENANT_TOKEN : Identity.Kind.OIDC,
            token,
            Optional.of(new Username("alice")),
            scopes,
            anchor,
            issuer,
            Instant.MAX,
            Optional.empty()),
        new DataRequest(
            api(),
            new Operation(
                "/any", kind, List.of(), new Traits(false, operationFederates, false, false), ""),
            addressed,
            tenantIds,
            orgIds),
        trust,
        settings);
  }

  private Api api() {
    return new Api(
        new ApiName("cortex"),
        ANY,
        Backends.all(
            new Backend(
                "cortex",
                List.of(URI.create("http://127.0.0.1:9009")),
                new Timeouts(
                    Duration.ofSeconds(2),
                    Duration.ofMinutes(2),
                    Duration.ofHours(1),
                    Optional.empty()),
                false,
                Optional.empty())),
        new Api.Settings("X-Scope-OrgID", servedTenants, false, false, apiFederates, Mode.ENFORCE));
  }
}
