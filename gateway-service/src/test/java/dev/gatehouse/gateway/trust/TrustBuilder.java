package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.AnchorEntry;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.feed.TenantLimits;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link Trust} for tests. Tenants and owners get an id that follows from their name, see
 * {@link #idOf}. Start {@link #from} an existing one to change some of it: the rest keeps its
 * identity, and the generation grows.
 */
public final class TrustBuilder {

  private final long generation;
  private final Tenants.Draft tenants;
  private final Anchors.Draft anchors;
  private final Issuers.Draft issuers;
  private final Revocations.Draft revocations;

  private TrustBuilder(Trust base) {
    generation = base.generation() + 1;
    tenants = base.tenants().edit();
    anchors = base.anchors().edit();
    issuers = base.issuers().edit();
    revocations = base.revocations().edit();
  }

  public static TrustBuilder trust() {
    return new TrustBuilder(Trust.EMPTY);
  }

  public static TrustBuilder from(Trust base) {
    return new TrustBuilder(base);
  }

  /** The registration id that the builder gives to a tenant of this name. */
  public static UUID idOf(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  public TrustBuilder tenants(String... names) {
    Arrays.stream(names).forEach(name -> tenant(active(name)));
    return this;
  }

  public TrustBuilder suspended(String... names) {
    Arrays.stream(names).forEach(name -> tenant(tenantOf(name, true)));
    return this;
  }

  /** A tenant with limits of its own. */
  public TrustBuilder limited(String name, TenantLimits limits) {
    TenantId id = new TenantId(name);
    return tenant(
        new Tenant(idOf(name), id, OrgId.of(id), false, Optional.empty(), Optional.of(limits)));
  }

  public TrustBuilder tenant(Tenant tenant) {
    tenants.put(tenant);
    return this;
  }

  public TrustBuilder withoutTenant(UUID id) {
    tenants.remove(id);
    return this;
  }

  /** An anchor of {@code owner} ({@code *}: everybody) with the scopes of data. */
  public TrustBuilder anchor(PublicKey key, String owner) {
    return anchor(key, owner, anchor -> anchor);
  }

  public TrustBuilder anchor(PublicKey key, String owner, UnaryOperator<AnchorDraft> with) {
    return anchor(with.apply(new AnchorDraft(key, owner)).build());
  }

  public TrustBuilder anchor(Anchor anchor) {
    anchors.put(anchor);
    return this;
  }

  public TrustBuilder withoutAnchor(UUID id) {
    anchors.remove(id);
    return this;
  }

  public TrustBuilder issuer(String url, UnaryOperator<IssuerDraft> with) {
    IssuerDraft draft = with.apply(new IssuerDraft(url));
    issuers.put(draft.build(issuers.byId(draft.id)));
    return this;
  }

  public TrustBuilder withoutIssuer(UUID id) {
    issuers.remove(id);
    return this;
  }

  /** A revocation of {@code owner} ({@code *}: everybody). */
  public TrustBuilder revocation(String owner, UnaryOperator<RevocationDraft> with) {
    return revocation(with.apply(new RevocationDraft(owner)).build());
  }

  public TrustBuilder revocation(Revocation revocation) {
    revocations.put(revocation);
    return this;
  }

  public TrustBuilder withoutRevocation(UUID id) {
    revocations.remove(id);
    return this;
  }

  public Trust build() {
    return new Trust(
        generation, tenants.done(), anchors.done(), issuers.done(), revocations.done());
  }

  public static Tenant active(String name) {
    return tenantOf(name, false);
  }

  private static Tenant tenantOf(String name, boolean suspended) {
    TenantId id = new TenantId(name);
    return new Tenant(idOf(name), id, OrgId.of(id), suspended, Optional.empty());
  }

  private static Set<Scope> scopesOf(String... scopes) {
    return Arrays.stream(scopes).map(Scope::new).collect(Collectors.toSet());
  }

  private static Optional<UUID> ownerIdOf(Reach owner) {
    return owner.top().map(tenant -> idOf(tenant.value()));
  }

  private static String base64(PublicKey key) {
    return Base64.getEncoder().encodeToString(key.getEncoded());
  }

  /** What an anchor will be. */
  public static final class AnchorDraft {
    private final PublicKey key;
    private final Reach owner;
    private UUID id;
    private Optional<UUID> ownerId;
    private Set<Scope> scopes = Scope.ALL_DATA;
    private Optional<Long> expiresAt = Optional.empty();
    private Optional<Long> maxTokenLifetime = Optional.empty();
    private Optional<Long> tokensNotBefore = Optional.empty();

    private AnchorDraft(PublicKey key, String owner) {
      this.key = key;
      this.owner = Reach.parse(owner);
      this.ownerId = ownerIdOf(this.owner);
      this.id = idOf(owner + "/" + base64(key));
    }

    public AnchorDraft id(UUID value) {
      id = value;
      return this;
    }

    /** Bound to a registration other than the one that the builder gives to the owner. */
    public AnchorDraft ownerId(UUID value) {
      ownerId = Optional.of(value);
      return this;
    }

    public AnchorDraft scopes(String... values) {
      scopes = scopesOf(values);
      return this;
    }

    public AnchorDraft expiresAt(Instant value) {
      expiresAt = Optional.of(value.getEpochSecond());
      return this;
    }

    public AnchorDraft maxTokenLifetime(Duration value) {
      maxTokenLifetime = Optional.of(value.toSeconds());
      return this;
    }

    public AnchorDraft tokensNotBefore(Instant value) {
      tokensNotBefore = Optional.of(value.getEpochSecond());
      return this;
    }

    AnchorEntry entry() {
      return new AnchorEntry(
          Thumbprint.of(key),
          OpstraceKeyId.of(key.getEncoded()),
          base64(key),
          owner,
          ownerId,
          scopes,
          expiresAt,
          maxTokenLifetime,
          tokensNotBefore);
    }

    private Anchor build() {
      return new Anchor(id, entry(), null);
    }
  }

  /** The entry of an anchor as a feed carries it. */
  static AnchorEntry anchorEntry(PublicKey key, String owner) {
    return new AnchorDraft(key, owner).entry();
  }

  /** What an issuer will be: of everybody, no audience, claims at top level, no default scopes. */
  public static final class IssuerDraft {
    private final String url;
    private UUID id;
    private final List<TrustedKey> keys = new ArrayList<>();
    private String name = "default";
    private List<String> audiences = List.of();
    private String claimsNamespace = "";
    private Reach maySpeakFor = Reach.EVERYTHING;
    private Optional<UUID> ownerId = Optional.empty();
    private Set<Scope> defaultScopes = Set.of();
    private Optional<Set<Scope>> scopes = Optional.empty();
    private Optional<Long> keysAsOf = Optional.of(0L);

    private IssuerDraft(String url) {
      this.url = url;
      this.id = idOf(url);
    }

    /** Another registration of the same URL. */
    public IssuerDraft id(UUID value) {
      id = value;
      return this;
    }

    public IssuerDraft name(String value) {
      name = value;
      return this;
    }

    public IssuerDraft audiences(String... values) {
      audiences = List.of(values);
      return this;
    }

    public IssuerDraft claimsNamespace(String value) {
      claimsNamespace = value;
      return this;
    }

    /** A tenant, which then owns it, or {@code *}. */
    public IssuerDraft maySpeakFor(String value) {
      maySpeakFor = Reach.parse(value);
      ownerId = ownerIdOf(maySpeakFor);
      return this;
    }

    public IssuerDraft defaultScopes(String... values) {
      defaultScopes = scopesOf(values);
      return this;
    }

    /** The most that its tokens can have. */
    public IssuerDraft scopes(String... values) {
      scopes = Optional.of(scopesOf(values));
      return this;
    }

    public IssuerDraft key(String kid, PublicKey key) {
      keys.add(new TrustedKey(kid, base64(key), Optional.empty()));
      return this;
    }

    public IssuerDraft key(String kid, PublicKey key, String alg) {
      keys.add(new TrustedKey(kid, base64(key), Optional.of(alg)));
      return this;
    }

    public IssuerDraft keysAsOf(Instant value) {
      keysAsOf = Optional.of(value.getEpochSecond());
      return this;
    }

    public IssuerDraft keysNeverFetched() {
      keysAsOf = Optional.empty();
      return this;
    }

    IssuerEntry entry() {
      return new IssuerEntry(
          name,
          url,
          audiences,
          claimsNamespace,
          maySpeakFor,
          ownerId,
          defaultScopes,
          scopes,
          keys,
          keysAsOf);
    }

    private Issuer build(@Nullable Issuer before) {
      return new Issuer(id, entry(), before);
    }
  }

  /** The entry of an issuer as a feed carries it. */
  static IssuerEntry issuerEntry(String url, UnaryOperator<IssuerDraft> with) {
    return with.apply(new IssuerDraft(url)).entry();
  }

  /** The {@code kid} that names an anchor of this key. */
  public static KeyId thumbprint(PublicKey key) {
    return Thumbprint.of(key);
  }
}
