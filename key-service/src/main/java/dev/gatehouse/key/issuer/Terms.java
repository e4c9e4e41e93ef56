package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Under which terms the tokens of a tenant's issuer are accepted; all of it can be changed.
 *
 * @param audiences at least one must be in {@code aud}; each is of the owner ({@link #isOf})
 * @param maySpeakFor the owner, or a tenant nested in it
 * @param defaultScopes of tokens that name none
 * @param scopes the most that tokens can have. Unless said otherwise these are the scopes of
 *     whoever registers the issuer, at that time: what the provider writes into a token is up to
 *     the owner, so without this bound an issuer could grant more than its registrar ever had
 */
record Terms(
    List<String> audiences,
    String claimsNamespace,
    Reach maySpeakFor,
    Set<Scope> defaultScopes,
    Set<Scope> scopes) {

  static final Set<String> FIELDS =
      Set.of("audiences", "claimsNamespace", "maySpeakFor", "defaultScopes", "scopes");

  static final int MAX_AUDIENCES = 10;
  static final int MAX_AUDIENCE = 255;
  static final int MAX_NAMESPACE = 255;
  static final int MAX_SCOPES = 64;

  Terms {
    audiences = List.copyOf(audiences);
    defaultScopes = Set.copyOf(defaultScopes);
    scopes = Set.copyOf(scopes);
    if (scopes.isEmpty()) {
      throw Fields.invalid("scopes is empty, so no token could do anything");
    }
    if (!defaultScopes.stream().allMatch(grantable(scopes))) {
      throw Fields.invalid("defaultScopes has scopes that scopes does not allow");
    }
  }

  /**
   * Reads the terms.
   *
   * @param granted the scopes of the caller
   * @throws Invalid when they are not within what the owner may say
   */
  static Terms parse(JsonNode json, TenantId owner, Instance instance, Set<Scope> granted) {
    Set<Scope> scopes = Fields.list(json, "scopes", MAX_SCOPES).map(Terms::scopes).orElse(granted);
    return new Terms(
        audiences(json, instance, owner),
        namespace(json),
        maySpeakFor(json, owner),
        Fields.list(json, "defaultScopes", MAX_SCOPES)
            .map(Terms::scopes)
            .orElseGet(() -> dataScopesOf(scopes)),
        scopes);
  }

  static Terms of(IssuerEntry entry) {
    return new Terms(
        entry.audiences(),
        entry.claimsNamespace(),
        entry.maySpeakFor(),
        entry.defaultScopes(),
        entry.scopes().orElseThrow());
  }

  /** These terms after a merge patch (RFC 7396); what it removes is as if never said. */
  Terms patched(JsonNode patch, TenantId owner, Instance instance, Set<Scope> granted) {
    ObjectNode merged = json();
    patch
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNull()) {
                merged.remove(field.getKey());
              } else {
                merged.set(field.getKey(), field.getValue());
              }
            });
    return parse(merged, owner, instance, granted);
  }

  /**
   * Whether an audience belongs to a tenant: {@code gatehouse-<instance>/<owner>}, or that and more
   * after a slash. A prefix of text alone would give {@code …/acme2} to {@code acme}.
   */
  static boolean isOf(String audience, Instance instance, TenantId owner) {
    String own = instance.audience() + "/" + owner;
    return audience.equals(own) || audience.startsWith(own + "/");
  }

  private ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    audiences.forEach(json.putArray("audiences")::add);
    json.put("claimsNamespace", claimsNamespace).put("maySpeakFor", maySpeakFor.text());
    defaultScopes.forEach(scope -> json.withArray("defaultScopes").add(scope.value()));
    scopes.forEach(scope -> json.withArray("scopes").add(scope.value()));
    return json;
  }

  private static List<String> audiences(JsonNode json, Instance instance, TenantId owner) {
    List<String> audiences =
        Fields.list(json, "audiences", MAX_AUDIENCES)
            .filter(list -> !list.isEmpty())
            .orElseThrow(
                () -> Fields.invalid("audiences is a list of 1 to " + MAX_AUDIENCES + " strings"));
    audiences.forEach(audience -> checkAudience(audience, instance, owner));
    return audiences.stream().distinct().toList();
  }

  private static void checkAudience(String audience, Instance instance, TenantId owner) {
    if (audience.length() > MAX_AUDIENCE || !Fields.isPrintable(audience)) {
      throw Fields.invalid("An audience has 1 to " + MAX_AUDIENCE + " printable characters");
    }
    if (!isOf(audience, instance, owner)) {
      throw Fields.invalid(
          "An audience of an issuer of %s is %s/%s, or begins with that and a slash"
              .formatted(owner, instance.audience(), owner));
    }
  }

  private static String namespace(JsonNode json) {
    String namespace = Fields.text(json, "claimsNamespace").orElse("");
    if (namespace.length() > MAX_NAMESPACE || !Fields.isPrintable(namespace)) {
      throw Fields.invalid(
          "claimsNamespace has at most " + MAX_NAMESPACE + " printable characters");
    }
    return namespace;
  }

  private static Reach maySpeakFor(JsonNode json, TenantId owner) {
    Optional<Reach> reach = Fields.text(json, "maySpeakFor").map(Reach::parse);
    if (reach.isEmpty()) {
      return new Reach.Subtree(owner);
    }
    if (!reach.get().top().map(top -> top.isWithin(owner)).orElse(false)) {
      throw Fields.invalid(
          "maySpeakFor is the owner or a tenant nested in it; issuers that speak for others come"
              + " from configuration only");
    }
    return reach.get();
  }

  private static Set<Scope> scopes(List<String> texts) {
    return texts.stream().map(Scope::new).collect(Collectors.toUnmodifiableSet());
  }

  private static Set<Scope> dataScopesOf(Collection<Scope> scopes) {
    return scopes.stream()
        .filter(grantable(Scope.ALL_DATA))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Predicate<Scope> grantable(Collection<Scope> granted) {
    return scope -> scope.isIn(granted);
  }
}
