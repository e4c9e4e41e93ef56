package dev.gatehouse.common.caller;

import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.Username;
import java.util.Optional;
import java.util.Set;

/**
 * Who stands behind a call, as the gateway, or a machine client that holds the API key, says.
 *
 * @param reach the tenant that is acted as, or everything
 * @param username the user of that tenant, if a person acts
 * @param scopes what the caller's token grants; empty scopes grant nothing
 * @param client where the call came from, for the audit; an address as text
 */
public record Caller(Reach reach, Optional<Username> username, Set<Scope> scopes, String client) {

  public static final String TENANT_HEADER = "X-Tenant-ID";
  public static final String USERNAME_HEADER = "X-Username";

  /** Space separated. Absent on direct calls with the API key, which then have every scope. */
  public static final String SCOPES_HEADER = "X-Gatehouse-Scopes";

  public static final String CLIENT_HEADER = "X-Gatehouse-Client";

  public Caller {
    scopes = Set.copyOf(scopes);
  }
}
