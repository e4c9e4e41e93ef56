package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a token may do, {@code <resource>:<access>}. The resource is an api, a kind of registered
 * object, or {@code *} for every api.
 */
public record Scope(@JsonValue String value) {

  private static final Set<String> DATA_ACCESS =
      Set.of("read", "write", "rules", "alerts", "alertconfig");

  private static final Set<String> MANAGEMENT =
      Set.of(
          "tenants:read",
          "tenants:write",
          "keys:read",
          "keys:write",
          "keys:all",
          "issuers:read",
          "issuers:write",
          "audit:read");

  private static final Set<String> MANAGEMENT_RESOURCES =
      Set.of("tenants", "keys", "issuers", "audit");

  /** What a tenant API token has that names no scope, if its anchor has it. */
  public static final Set<Scope> ALL_DATA = Set.of(new Scope("*:read"), new Scope("*:write"));

  /** What a direct call with the API key has: all of management, and all data of every api. */
  public static final Set<Scope> EVERY =
      Stream.concat(MANAGEMENT.stream(), DATA_ACCESS.stream().map(access -> "*:" + access))
          .map(Scope::new)
          .collect(Collectors.toUnmodifiableSet());

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Scope {
    if (!isScope(value)) {
      throw new Invalid(
          ErrorCode.SCOPE_INVALID,
          "A scope is <api>:read|write|rules|alerts|alertconfig, *:<the same>, tenants:read|write,"
              + " keys:read|write|all, issuers:read|write or audit:read");
    }
  }

  /** Whether the text is one of Gatehouse's scopes; tokens may hold others, which say nothing. */
  public static boolean isScope(String text) {
    if (MANAGEMENT.contains(text)) {
      return true;
    }
    int colon = text.indexOf(':');
    if (colon < 0 || !DATA_ACCESS.contains(text.substring(colon + 1))) {
      return false;
    }
    String api = text.substring(0, colon);
    return api.equals("*") || (isApiName(api) && !MANAGEMENT_RESOURCES.contains(api));
  }

  public boolean isManagement() {
    return MANAGEMENT.contains(value);
  }

  /** Whether one of {@code granted} allows this: the same, or {@code *} for its api. */
  public boolean isIn(Collection<Scope> granted) {
    return granted.contains(this)
        || (!isManagement()
            && granted.contains(new Scope("*" + value.substring(value.indexOf(':')))));
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isApiName(String text) {
    return text.length() >= 2
        && text.length() <= 20
        && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
  }
}
