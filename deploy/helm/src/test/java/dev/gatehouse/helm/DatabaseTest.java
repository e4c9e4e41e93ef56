package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {

  private static final String SECRET = "/valueFrom/secretKeyRef/name";

  @ParameterizedTest
  @CsvSource({"tenant-service, tenants", "key-service, keys"})
  void eachServiceHasADatabaseOfItsOwn(String component, String database) {
    Manifests rendered = Chart.least().render();

    assertThat(rendered.properties(component))
        .contains(
            "quarkus.datasource.reactive.url=postgresql://postgres.example.com:5432/" + database,
            "quarkus.datasource.jdbc.url=jdbc:postgresql://postgres.example.com:5432/"
                + database
                + "?sslmode=verify-full&sslrootcert=/etc/gatehouse/database/ca.crt",
            "quarkus.datasource.reactive.postgresql.ssl-mode=verify-full",
            "quarkus.datasource.reactive.hostname-verification-algorithm=HTTPS",
            "quarkus.datasource.reactive.trust-certificate-pem.certs=/etc/gatehouse/database/ca.crt");
    assertThat(secret(rendered.container(component), "USERNAME"))
        .isEqualTo("gatehouse-" + database + "-db");
    assertThat(secret(rendered.container(component), "PASSWORD"))
        .isEqualTo("gatehouse-" + database + "-db");
  }

  @Test
  void theGatewayHasNone() {
    Manifests rendered = Chart.least().render();

    assertThat(rendered.properties("gateway")).noneMatch(line -> line.contains("datasource"));
    assertThat(rendered.container("gateway").path("env").toString()).doesNotContain("DATASOURCE");
  }

  @Test
  void encryptionCanBeSwitchedOff() {
    Manifests rendered =
        Chart.least().with("database: {external: {tls: disable, caConfigMap: ''}}").render();

    assertThat(rendered.properties("key-service"))
        .contains(
            "quarkus.datasource.jdbc.url=jdbc:postgresql://postgres.example.com:5432/keys?sslmode=disable",
            "quarkus.datasource.reactive.postgresql.ssl-mode=disable")
        .noneMatch(line -> line.contains("trust-certificate"));
    assertThat(rendered.deployment("key-service").toString()).doesNotContain("database-ca");
  }

  @ParameterizedTest
  @CsvSource({"tenant-service", "key-service"})
  void whereThereIsOneRoleTheServiceMigratesByItself(String component) {
    Manifests rendered = Chart.least().render();

    assertThat(rendered.properties(component)).contains("gatehouse.database.migrations=here");
    assertThat(rendered.deployment(component).at("/spec/template/spec").has("initContainers"))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"tenant-service, tenants", "key-service, keys"})
  void whereThereAreTwoRolesTheOneThatOwnsTheTablesMigratesFirst(String component, String name) {
    Manifests rendered = Chart.of("existing-mimir-loki").render();
    JsonNode migrations = rendered.deployment(component).at("/spec/template/spec/initContainers/0");

    assertThat(rendered.properties(component)).contains("gatehouse.database.migrations=elsewhere");
    assertThat(migrations.path("image")).isEqualTo(rendered.container(component).path("image"));
    assertThat(value(migrations, "GATEHOUSE_DATABASE_MIGRATIONS")).isEqualTo("only");
    assertThat(value(migrations, "GATEHOUSE_DATABASE_GRANT_TO")).isEqualTo("gatehouse_" + name);
    assertThat(secret(migrations, "PASSWORD")).isEqualTo("gatehouse-" + name + "-owner");
    assertThat(secret(rendered.container(component), "PASSWORD"))
        .isEqualTo("gatehouse-" + name + "-db");
    assertThat(rendered.container(component).path("env").toString())
        .doesNotContain("owner", "MIGRATIONS");
    assertThat(migrations.path("env").toString()).doesNotContain("AUTH_API_KEY");
  }

  @Test
  void thereIsNoClusterUnlessItIsAskedFor() {
    assertThat(Chart.least().render().of("Cluster")).isEmpty();
    assertThat(Chart.least().render().of("Database")).isEmpty();
  }

  @Test
  void cloudNativePgIsAskedForBothDatabasesAndBothRoles() {
    Manifests rendered = Chart.of("production").render();
    JsonNode cluster = rendered.get("Cluster", "gh-gatehouse-db").path("spec");
    JsonNode database = rendered.get("Database", "gh-gatehouse-db-keys").path("spec");

    assertThat(cluster.path("instances").asInt()).isEqualTo(3);
    assertThat(cluster.at("/bootstrap/initdb/database").asText()).isEqualTo("tenants");
    assertThat(cluster.at("/managed/roles").findValuesAsText("name"))
        .containsExactlyInAnyOrder(
            "gatehouse_tenants", "gatehouse_keys", "gatehouse-tenants-db", "gatehouse-keys-db");
    assertThat(database.path("name").asText()).isEqualTo("keys");
    assertThat(database.path("owner")).isEqualTo(cluster.at("/bootstrap/initdb/owner"));
    assertThat(database.path("databaseReclaimPolicy").asText()).isEqualTo("retain");
  }

  @ParameterizedTest
  @CsvSource({"Cluster, gh-gatehouse-db", "Database, gh-gatehouse-db-keys"})
  void theDataOutlivesTheRelease(String kind, String name) {
    JsonNode metadata = Chart.of("production").render().get(kind, name).path("metadata");

    assertThat(metadata.path("annotations").path("helm.sh/resource-policy").asText())
        .isEqualTo("keep");
  }

  @Test
  void cloudNativePgIsReachedDirectlyAndProvesItself() {
    Manifests rendered = Chart.of("production").render();

    assertThat(rendered.properties("tenant-service"))
        .contains("quarkus.datasource.reactive.url=postgresql://gh-gatehouse-db-rw:5432/tenants");
    JsonNode volumes = rendered.deployment("tenant-service").at("/spec/template/spec/volumes");
    assertThat(volumes.findValues("secret"))
        .anySatisfy(
            secret -> {
              assertThat(secret.path("secretName").asText()).isEqualTo("gh-gatehouse-db-ca");
              // Not the key with which servers' certificates are signed.
              assertThat(secret.path("items").findValuesAsText("key")).containsExactly("ca.crt");
            });
  }

  @Test
  void theOwnerOfCloudNativePgIsEnoughAtFirst() {
    Manifests rendered =
        Chart.of("production")
            .with("database: {tenants: {existingSecret: ''}, keys: {existingSecret: ''}}")
            .render();

    assertThat(rendered.get("Cluster", "gh-gatehouse-db").at("/spec").has("managed")).isFalse();
    assertThat(secret(rendered.container("key-service"), "PASSWORD"))
        .isEqualTo("gh-gatehouse-db-app");
    assertThat(rendered.properties("key-service")).contains("gatehouse.database.migrations=here");
  }

  @Test
  void moreOfTheClusterCanBeSaid() {
    JsonNode spec =
        Chart.of("production")
            .with(
                "database: {cloudnativepg: {imageName: 'registry.example.com/pg:17', storageClass: fast,"
                    + " extraSpec: {backup: {retentionPolicy: 30d}}}}")
            .render()
            .get("Cluster", "gh-gatehouse-db")
            .path("spec");

    assertThat(spec.path("imageName").asText()).isEqualTo("registry.example.com/pg:17");
    assertThat(spec.at("/storage/storageClass").asText()).isEqualTo("fast");
    assertThat(spec.at("/backup/retentionPolicy").asText()).isEqualTo("30d");
  }

  private static String secret(JsonNode container, String which) {
    return Manifests.variable(container, "QUARKUS_DATASOURCE_" + which).at(SECRET).asText();
  }

  private static String value(JsonNode container, String name) {
    return Manifests.variable(container, name).path("value").asText();
  }
}
