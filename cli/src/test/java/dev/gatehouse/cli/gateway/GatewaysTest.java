package dev.gatehouse.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import org.junit.jupiter.api.Test;

class GatewaysTest extends AgainstAnInstance {

  @Test
  void listShowsHowFarEachIs() {
    instance.answer(
        "GET /api/v1/gateways",
        200,
        """
        {"gateways":[{"id":"g1","name":"gw-1","applied":{"tenants":4,"keys":9},\
        "behind":{"tenants":0,"keys":2},"lastContact":"2026-01-01T00:00:00Z","live":true}]}""");

    assertThat(gatehouse("gateways list local").out()).isEqualTo("g1\n");
    assertThat(gatehouse("gateways list local -o wide").out())
        .isEqualTo(
            """
            ID  NAME  LIVE  APPLIED           BEHIND            LAST-CONTACT          SERVES-UNTIL
            g1  gw-1  true  tenants=4,keys=9  tenants=0,keys=2  2026-01-01T00:00:00Z  -
            """);
  }

  @Test
  void removePrintsTheId() {
    instance.answer("DELETE /api/v1/gateways/g1", 200, "{\"id\":\"g1\",\"name\":\"gw-1\"}");

    assertThat(gatehouse("gateways remove local g1")).isEqualTo(new Outcome(0, "g1\n", ""));
  }
}
