package dev.gatehouse.gateway.routing;

import dev.gatehouse.common.name.TenantId;

/**
 * Where a request wants to go by its host and, on the host {@code api.<domain>}, its path. That the
 * api is configured and the tenant registered is not said.
 */
public sealed interface Destination {

  record TenantHost(ApiName api, TenantId tenant) implements Destination {}

  /** The tenant comes from {@code X-Tenant-ID} or the token. */
  record ApiHost(ApiName api) implements Destination {}

  /**
   * The tenant's path on the host that all share.
   *
   * @param rest what to match and to forward: the path behind {@code /t/<tenant>/<api>}
   */
  record TenantPath(ApiName api, TenantId tenant, StrictPath rest) implements Destination {}

  /** User interface and control plane only; no backend is ever served here. */
  record ControlHost() implements Destination {}

  /** Answered with 421 (RFC 9110 §15.5.20). */
  record UnknownHost() implements Destination {}
}
