package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.key.network.TenantUrls;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An issuer that a tenant wants to be accepted.
 *
 * @param url as {@code iss} says it; whether it may be asked is checked at each fetch
 */
record NewIssuer(IssuerName name, URI url, TenantId owner, Terms terms) {

  private static final Set<String> FIELDS =
      Stream.concat(Stream.of("name", "issuer", "owner"), Terms.FIELDS.stream())
          .collect(Collectors.toUnmodifiableSet());

  /** Reads the body of {@code POST /api/v1/issuers}. */
  static NewIssuer parse(@Nullable String body, Caller caller, Instance instance) {
    JsonNode json = Fields.object(body, FIELDS);
    TenantId owner = owner(json, caller);
    return new NewIssuer(
        new IssuerName(Fields.text(json, "name").orElse("")),
        url(Fields.text(json, "issuer").orElse("")),
        owner,
        Terms.parse(json, owner, instance, caller.scopes()));
  }

  IssuerEntry entry(UUID ownerId) {
    return Entries.of(
        name, url.toString(), Optional.of(ownerId), terms, List.of(), Optional.empty());
  }

  private static TenantId owner(JsonNode json, Caller caller) {
    Reach owner =
        Fields.text(json, "owner")
            .map(Reach::parse)
            .or(() -> caller.isOperator() ? Optional.empty() : Optional.of(caller.reach()))
            .orElseThrow(() -> Fields.invalid("owner is missing: the tenant that has the issuer"));
    TenantId tenant =
        owner
            .top()
            .orElseThrow(
                () ->
                    new Forbidden(
                        ErrorCode.OWNER_REFUSED,
                        "Issuers of the owner * come from configuration only; name a tenant"));
    if (tenant.isDefault()) {
      throw Fields.invalid("The default tenant cannot own issuers");
    }
    return tenant;
  }

  private static URI url(String text) {
    return TenantUrls.parse(text)
        .orElseThrow(
            () ->
                new Invalid(
                    ErrorCode.ISSUER_URL_REFUSED,
                    "issuer is the https address that the provider's tokens have as iss: at most "
                        + TenantUrls.MAX_LENGTH
                        + " characters, without user information, query and fragment"));
  }
}
