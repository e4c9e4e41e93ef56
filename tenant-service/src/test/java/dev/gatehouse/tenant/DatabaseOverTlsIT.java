package dev.gatehouse.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.gatehouse.common.testing.ServiceProcess;
import dev.gatehouse.common.testing.TestCertificate;
import dev.gatehouse.common.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A PostgreSQL that proves itself by a certificate, and the service with the very properties that
 * the chart writes for {@code verify-full}: both of its drivers have to hold the certificate
 * against the name that they were given.
 */
class DatabaseOverTlsIT {

  private static final Path RENDERED =
      Path.of("..", "deploy", "helm", "src", "test", "resources", "rendered", "smallest.yaml");
  private static final String IN_THE_CHART = "postgres.example.com:5432/tenants";
  private static final String CA_IN_THE_CHART = "/etc/gatehouse/database/ca.crt";
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir static Path directory;

  private static TestCertificate certificate;
  private static TestDatabase database;

  @BeforeAll
  static void start() {
    certificate = TestCertificate.of("dns:localhost", directory);
    database = TestDatabase.withTls(certificate, directory);
    database.prepareFor("service");
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "elsewhere"})
  void theServiceWorksAndAllItsConnectionsAreEncrypted(String migrations) throws IOException {
    try (ServiceProcess service = serve("localhost", certificate, migrations)) {
      await().atMost(LONG).until(service::isReady);

      service
          .asOperator()
          .body("{\"name\":\"over-tls-" + migrations + "\"}")
          .post("/api/v1/tenants")
          .then()
          .statusCode(201);
      assertThat(
              database.query(
                  """
                  SELECT count(*) FILTER (WHERE ssl) > 0 AND bool_and(ssl) FROM pg_stat_ssl
                  JOIN pg_stat_activity USING (pid)
                  WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                  """))
          .isEqualTo("t");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "elsewhere"})
  void aServerOfAnotherNameIsRefused(String migrations) throws IOException {
    try (ServiceProcess service = serve("127.0.0.1", certificate, migrations)) {
      staysOut(service);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"here", "elsewhere"})
  void aCertificateOfAnotherAuthorityIsRefused(String migrations) throws IOException {
    TestCertificate other = TestCertificate.of("dns:localhost", directory);
    try (ServiceProcess service = serve("localhost", other, migrations)) {
      staysOut(service);
      if (migrations.equals("here")) {
        assertThat(service.log()).contains("The database cannot be migrated yet", "TLS: ");
      }
    }
  }

  private static void staysOut(ServiceProcess service) {
    await().atMost(LONG).until(service::isLive);
    await()
        .during(Duration.ofSeconds(5))
        .atMost(Duration.ofSeconds(30))
        .until(() -> !service.isReady());
  }

  /**
   * @param migrations {@code here}: JDBC is the first to connect; {@code elsewhere}: the reactive
   *     driver alone does
   */
  private static ServiceProcess serve(String host, TestCertificate trusted, String migrations)
      throws IOException {
    Path ca = Files.createTempFile(directory, "ca", ".crt");
    Files.writeString(ca, trusted.certificate());
    Path properties = Files.createTempFile(directory, "service", ".properties");
    Files.write(properties, properties(host + ":" + database.port() + "/postgres", ca));
    Map<String, String> environment = new HashMap<>(ServiceProcess.environment(database.port()));
    environment.remove("QUARKUS_DATASOURCE_REACTIVE_URL");
    environment.remove("QUARKUS_DATASOURCE_JDBC_URL");
    environment.put("QUARKUS_CONFIG_LOCATIONS", properties.toString());
    environment.put("GATEHOUSE_DATABASE_MIGRATIONS", migrations);
    return ServiceProcess.start(environment);
  }

  private static List<String> properties(String address, Path ca) throws IOException {
    List<String> properties =
        Files.readAllLines(RENDERED).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("quarkus.datasource.") && !line.contains("/keys"))
            .distinct()
            .map(
                line -> line.replace(IN_THE_CHART, address).replace(CA_IN_THE_CHART, ca.toString()))
            .toList();
    assertThat(properties)
        .hasSizeGreaterThan(4)
        .noneMatch(line -> line.contains("example.com") || line.contains("/etc/"));
    return properties;
  }
}
