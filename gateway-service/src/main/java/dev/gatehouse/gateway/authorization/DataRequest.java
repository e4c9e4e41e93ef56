package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.routing.Api;
import java.util.List;
import java.util.Optional;

/**
 * What a request on the data plane asks for.
 *
 * @param addressed the tenant of its host or path
 * @param tenantIds the values of {@code X-Tenant-ID}, as received
 * @param orgIds the values of the api's own tenant header, in whatever spelling, as received
 */
public record DataRequest(
    Api api,
    Operation operation,
    Optional<TenantId> addressed,
    List<String> tenantIds,
    List<String> orgIds) {

  public DataRequest {
    tenantIds = List.copyOf(tenantIds);
    orgIds = List.copyOf(orgIds);
  }
}
