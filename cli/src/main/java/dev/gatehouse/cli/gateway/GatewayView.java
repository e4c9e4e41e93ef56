package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.api.View;
import java.util.List;

/** Gateways on standard output. */
final class GatewayView {

  static final View GATEWAYS =
      new View(
          "gateways",
          "id",
          List.of("id", "name", "live", "applied", "behind", "lastContact", "servesUntil"));

  private GatewayView() {}
}
