package dev.gatehouse.tenant.demand;

import java.util.List;
import java.util.UUID;

/**
 * How much of the limits falls to the gateway that has reported.
 *
 * @param gateways how many there are
 * @param tenants those of the report
 */
public record SharesView(int gateways, List<OfTenant> tenants) {

  /** The shares in the limits of one tenant. */
  public record OfTenant(UUID id, Amounts shares) {}

  public SharesView {
    tenants = List.copyOf(tenants);
  }
}
