package dev.gatehouse.gateway.proxy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.gateway.authorization.DataRequest;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.request.ClientHeaders;
import dev.gatehouse.gateway.routing.Api;
import dev.gatehouse.gateway.routing.ApiName;
import dev.gatehouse.gateway.routing.Destination;
import dev.gatehouse.gateway.routing.StrictPath;
import java.util.Optional;

/**
 * What is asked for, as far as host and path say.
 *
 * @param path what to match and to forward
 */
record Wish(ApiName api, Optional<TenantId> tenant, StrictPath path) {

  static final Decision.Refused NO_HOST =
      new Decision.Refused(ErrorCode.HOST_UNKNOWN, "This gateway does not serve this host");
  static final Decision.Refused NO_API =
      new Decision.Refused(ErrorCode.API_UNKNOWN, "There is no api of this name");

  /** Empty for a destination that is none of the data plane's. */
  static Optional<Wish> of(Destination destination, StrictPath path) {
    if (destination instanceof Destination.TenantHost host) {
      return Optional.of(new Wish(host.api(), Optional.of(host.tenant()), path));
    }
    if (destination instanceof Destination.ApiHost host) {
      return Optional.of(new Wish(host.api(), Optional.empty(), path));
    }
    if (destination instanceof Destination.TenantPath below) {
      return Optional.of(new Wish(below.api(), Optional.of(below.tenant()), below.rest()));
    }
    return Optional.empty();
  }

  DataRequest request(Api configured, Operation operation, ClientHeaders headers) {
    return new DataRequest(
        configured,
        operation,
        tenant,
        headers.tenantIds(),
        headers.orgsClaimed(configured.tenantHeader()));
  }
}
