package dev.gatehouse.common.caller;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.UserId;
import dev.gatehouse.common.name.Username;
import java.util.Optional;
import java.util.Set;

/**
 * Who stands behind a call, as the gateway, or a machine client that holds the API key, says.
 *
 * @param reach the tenant that is acted as, or everything
 * @param username the user of that tenant, if a person acts
 * @param scopes what the caller's token grants; empty scopes grant nothing
 * @param credential how that was proven to the gateway
 * @param client where the call came from, for the audit; an address as text
 */
public record Caller(
    Reach reach,
    Optional<Username> username,
    Set<Scope> scopes,
    Credential credential,
    String client) {

  public static final String TENANT_HEADER = "X-Tenant-ID";
  public static final String USERNAME_HEADER = "X-Username";

  /** Space separated. Absent on direct calls with the API key, which then have every scope. */
  public static final String SCOPES_HEADER = "X-Gatehouse-Scopes";

  public static final String CLIENT_HEADER = "X-Gatehouse-Client";

  /** The id of the issuer's registration, when an access token was shown. */
  public static final String ISSUER_HEADER = "X-Gatehouse-Issuer";

  /** The thumbprint of the key, when a tenant API token was shown. */
  public static final String KEY_HEADER = "X-Gatehouse-Key";

  /** A service that does something by itself; it needs no permission. */
  public static final Caller SERVICE =
      new Caller(Reach.EVERYTHING, Optional.empty(), Set.of(), Credential.SERVICE, "local");

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /** The person who acts, if one does and their issuer is known. */
  public Optional<UserId> user() {
    return username.flatMap(name -> credential.issuer().map(issuer -> new UserId(issuer, name)));
  }

  public boolean isOperator() {
    return reach.equals(Reach.EVERYTHING);
  }
}
