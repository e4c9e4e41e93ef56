package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SharedInstance.class)
class PortsIT {
  private static RunningInstance instance;

  @BeforeAll
  static void takeThe(RunningInstance shared) {
    instance = shared;
  }

  @ParameterizedTest
  @EnumSource(names = {"GATEWAY_MANAGEMENT", "TENANT_SERVICE_MANAGEMENT", "KEY_SERVICE_MANAGEMENT"})
  void metricsAndHealthAreOnTheManagementPort(Ports.Use port) {
    for (String path : new String[] {"/health/live", "/health/ready", "/health/started"}) {
      assertThat(get(port, path).statusCode()).as(path).isEqualTo(200);
    }
    HttpResponse<String> metrics = get(port, "/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    assertThat(metrics.body()).contains("# TYPE jvm_");
  }

  @ParameterizedTest
  @CsvSource({
    "GATEWAY_MANAGEMENT",
    "TENANT_SERVICE_MANAGEMENT",
    "KEY_SERVICE_MANAGEMENT",
  })
  void nothingElseIsOnTheManagementPort(Ports.Use port) {
    for (String path :
        new String[] {
          "/",
          "/q",
          "/q/",
          "/q/dev",
          "/q/openapi",
          "/q/swagger-ui",
          "/q/health",
          "/q/metrics",
          "/openapi",
          "/swagger-ui",
          "/health-ui",
          "/api/v1/tenants",
          "/api/v1/keys",
          "/internal/v1/changes",
          "/ui"
        }) {
      assertThat(get(port, path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"GATEWAY", "TENANT_SERVICE", "KEY_SERVICE"})
  void nothingOfTheManagementPortIsOnTheHttpPort(Ports.Use port) {
    for (String path :
        new String[] {
          "/metrics",
          "/health",
          "/health/live",
          "/health/ready",
          "/health/started",
          "/q/metrics",
          "/q/health",
          "/q/health/ready",
          "/q/openapi",
          "/q/swagger-ui",
          "/openapi"
        }) {
      assertThat(get(port, path).statusCode()).as(path).isBetween(400, 499);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TENANT_SERVICE, /api/v1/tenants",
    "TENANT_SERVICE, /api/v1/rollouts/tenants/1",
    "TENANT_SERVICE, /internal/v1/changes?since=0&watcher=x",
    "TENANT_SERVICE, /nowhere",
    "KEY_SERVICE, /api/v1/keys",
    "KEY_SERVICE, /api/v1/rollouts/keys/1",
    "KEY_SERVICE, /internal/v1/changes?since=0&watcher=x",
    "KEY_SERVICE, /",
  })
  void theServicesAnswerNobodyWithoutTheApiKey(Ports.Use port, String path) {
    HttpResponse<String> without = get(port, path, "X-Tenant-ID", "*");
    HttpResponse<String> wrong =
        get(port, path, "X-Tenant-ID", "*", "X-API-Key", "0123456789abcdef0123456789abcdef");

    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(wrong.statusCode()).isEqualTo(401);
  }

  @Test
  void theApiKeyIsInNoCommandLineAndItsFileIsForTheOwnerOnly() throws IOException {
    Path file = instance.state().resolve("secrets/auth-api-key");
    String key = Files.readString(file).strip();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(instance.state())))
        .isEqualTo("rwx------");
    for (OurProcess process : instance.processes()) {
      String commandLine = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      assertThat(commandLine).as(process.name()).isNotEmpty().doesNotContain(key);
    }
  }

  private static HttpResponse<String> get(Ports.Use use, String path, String... headers) {
    int port = instance.port(use);
    return Http.get(port, "localhost:" + port, path, headers);
  }
}
