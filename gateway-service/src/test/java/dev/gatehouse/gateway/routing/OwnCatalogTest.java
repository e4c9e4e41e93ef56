package dev.gatehouse.gateway.routing;

import static dev.gatehouse.gateway.routing.ConfiguredApis.api;
import static dev.gatehouse.gateway.routing.ConfiguredApis.match;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.gateway.catalog.Match;
import dev.gatehouse.gateway.catalog.Operation;
import dev.gatehouse.gateway.catalog.OperationClass;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCatalogTest {

  private static final String ORDERS =
      """
      catalog: orders
      written-for: Orders 3
      sources: [https://orders.example/api]
      operations:
        - class: read
          methods: [GET]
          federation: true
          paths: ["/orders/{id}"]
        - class: write
          methods: [POST]
          group: intake
          paths: [/orders]
        - class: refused
          paths: [/admin/**]
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPathOrAFileUrlNamesACatalogOfOnesOwn(boolean url) throws IOException {
    Path file = file("orders.yaml", ORDERS);
    Api api =
        api(
            "orders",
            "catalog",
            url ? file.toUri().toString() : file.toString(),
            "upstream",
            "http://orders",
            "upstreams.intake",
            "http://intake");

    assertThat(api.catalog()).hasToString("orders");
    assertThat(match(api, "GET", "/orders/7"))
        .isInstanceOfSatisfying(
            Operation.class, o -> assertThat(o.kind()).isEqualTo(OperationClass.READ));
    assertThat(api.backend((Operation) match(api, "POST", "/orders")).name())
        .isEqualTo("orders/intake");
    assertThat(match(api, "GET", "/admin/x"))
        .isInstanceOfSatisfying(
            Match.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.OPERATION_REFUSED));
    assertThat(match(api, "DELETE", "/orders")).isInstanceOf(Match.Refused.class);
  }

  @Test
  void aMistakeInItStopsTheStartWithKeyFileLineAndRemedy() throws IOException {
    Path file = file("orders.yaml", ORDERS.replace("class: write", "class: writes"));

    assertThatThrownBy(() -> withCatalog(file.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "gatehouse.apis.orders.catalog: "
                + file
                + ":9: the class 'writes' is unknown; use read, write, rules, alerts, alertconfig"
                + " or refused");
  }

  @Test
  void aFileThatIsNotThereStopsTheStart() {
    assertThatThrownBy(() -> withCatalog("/no/such/catalog.yaml"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "gatehouse.apis.orders.catalog: /no/such/catalog.yaml: there is no such file; check"
                + " the path");
  }

  @Test
  void aDirectoryIsNoCatalog() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("folder.yaml"));

    assertThatThrownBy(() -> withCatalog(folder.toString()))
        .hasMessageContaining("there is no such file; check the path");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:orders", "file://host/orders.yaml", "file:/a b.yaml"})
  void aUrlThatIsNoPathStopsTheStart(String catalog) {
    assertThatThrownBy(() -> withCatalog(catalog))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            "gatehouse.apis.orders.catalog: "
                + catalog
                + ": this is no path; write it like file:/etc/gatehouse/a.yaml");
  }

  @Test
  void aFileThatIsNotTextStopsTheStart() throws IOException {
    Path file = directory.resolve("latin.yaml");
    Files.write(file, "catalog: b\u00fccher".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> withCatalog(file.toString()))
        .hasMessageContaining("the file is not UTF-8; save it as that");
  }

  @Test
  void aFileFarTooLargeStopsTheStartUnread() throws IOException {
    Path file = file("large.yaml", "#".repeat(1024 * 1024 + 1));

    assertThatThrownBy(() -> withCatalog(file.toString()))
        .hasMessageContaining("the file has more than 1048576 bytes, which no catalog has");
  }

  @Test
  void aBackendThatIgnoresTheTenantHeaderListsItsTenantsHereToo() throws IOException {
    Path file = file("orders.yaml", "tenant-header: ignored\n" + ORDERS);

    assertThatThrownBy(() -> withCatalog(file.toString()))
        .hasMessageStartingWith("gatehouse.apis.orders.tenants is not set, but a backend with the");
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  private static Api withCatalog(String catalog) {
    return api("orders", "catalog", catalog, "upstream", "http://orders");
  }
}
