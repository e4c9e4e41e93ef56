package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Services that are replaced under writes: nothing is half-written, nothing is lost. */
@ExtendWith(SharedInstance.class)
class RestartedServicesIT {

  @TempDir Path home;

  @Test
  void aWriteSucceedsOrIsAnswered503HoweverTheReplicasGo(RunningInstance lender) throws Exception {
    try (Deployment deployment = Deployment.of(lender, home)) {
      FurtherService one = deployment.tenantService("one", Map.of());
      FurtherService two = deployment.tenantService("two", Map.of());
      FurtherService keys = deployment.keyService("key-service", Map.of());
      FurtherGateway gateway = deployment.gateway("gateway", Map.of());
      one.awaitReady();
      two.awaitReady();
      keys.awaitReady();
      gateway.awaitReady();
      Visitor visitor = Visitor.admitted(deployment, home, "restarted");

      try (Load load = new Load(gateway.port(), visitor);
          Writer writer = new Writer(deployment, "written-")) {
        writer.awaitMore();
        FurtherService three = deployment.tenantService("three", Map.of()).awaitReady();
        deployment.retire(one);
        writer.awaitMore();
        assertThat(writer.unavailable()).as("while replicas take turns").isZero();

        deployment.crash(two);
        writer.awaitMore();
        deployment.crash(three);
        deployment.tenantService("four", Map.of()).awaitReady();
        writer.awaitMore();

        List<String> written = writer.end();
        assertThat(writer.failures()).isEmpty();
        assertThat(writer.unavailable()).as("while none was there").isPositive();
        assertThat(load.failures()).isEmpty();
        assertThat(named(succeeds(deployment, "tenants", "list", "local")))
            .containsExactlyInAnyOrderElementsOf(written);
        assertThat(
                succeeds(
                        deployment,
                        "audit",
                        "list",
                        "local",
                        "--action",
                        "tenant.create",
                        "--outcome",
                        "done",
                        "--limit",
                        "10000")
                    .lines()
                    .filter(line -> line.contains("written-")))
            .as("each once")
            .hasSameSizeAs(written);
      }
      succeeds(deployment, "audit", "verify", "local");
      succeeds(deployment, "tenants", "suspend", "local", "restarted", "--wait=30s");
    }
  }

  private static List<String> named(String tenants) {
    return tenants.lines().filter(name -> name.startsWith("written-")).toList();
  }

  private String succeeds(Deployment deployment, String... arguments) {
    return Commands.succeeds(deployment.gatehouse(home, arguments));
  }
}
