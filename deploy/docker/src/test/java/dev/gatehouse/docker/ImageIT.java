package dev.gatehouse.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway, laid out as in its image, run as in a container. */
class ImageIT {
  @TempDir static Path home;
  private static Path layout;
  private static Path config;
  private static EmptyFeeds feeds;
  private static GatewayProcess gateway;

  @BeforeAll
  static void start() throws IOException {
    Container.need();
    layout = Files.createDirectory(home.resolve("layout"));
    Checkout.Run build =
        Container.build(
            layout,
            Checkout.file("deploy/docker/layout").toString(),
            "gateway-service",
            Container.PLACE);
    assertThat(build.exit()).as(build.said()).isZero();
    config = Files.createDirectory(home.resolve("config"));
    Files.writeString(
        config.resolve("application.properties"),
        "gatehouse.apis.cortex.upstream=http://127.0.0.1:9\ngatehouse.apis.cortex.catalog=mimir\n");
    feeds = new EmptyFeeds();
    gateway = contained();
    gateway.awaitReady();
  }

  @AfterAll
  static void stop() {
    if (gateway != null) {
      gateway.close();
      feeds.close();
    }
  }

  @Test
  void itRunsAsTheUserOfTheImageAndCanBecomeNobodyElse() throws IOException {
    assertThat(Files.readAllLines(Path.of("/proc/" + gateway.process().pid() + "/status")))
        .contains(
            "Uid:\t10001\t10001\t10001\t10001",
            "Gid:\t10001\t10001\t10001\t10001",
            "NoNewPrivs:\t1",
            "CapEff:\t0000000000000000",
            "CapBnd:\t0000000000000000");
  }

  @Test
  void itUsesTheArchiveOfItsClasses() throws IOException {
    assertThat(Files.readString(Path.of("/proc/" + gateway.process().pid() + "/maps")))
        .contains("classes.archive");
    assertThat(gateway.log()).doesNotContain("[warning]").doesNotContain("[error]");
  }

  @Test
  void itReadsTheConfigurationThatIsMounted() throws Exception {
    assertThat(gateway.metrics()).contains("api=\"cortex\"").doesNotContain("api=\"loki\"");
  }

  @Test
  void itRefusesWhoBringsNoTokenAndHostsThatAreNotItsOwn() {
    assertThat(gateway.status("cortex-acme.localhost")).isEqualTo(401);
    assertThat(gateway.status("cortex-acme.elsewhere.test")).isEqualTo(421);
  }

  @Test
  void metricsAreOnTheManagementPort() throws Exception {
    assertThat(gateway.metrics()).contains("gatehouse_feed_revision");
  }

  @Test
  void itWritesNothingButItsStateAndTemporaryFiles() throws IOException {
    Path root = Path.of("/proc/" + gateway.process().pid() + "/root");

    assertThat(list(root.resolve(Container.STATE.substring(1)))).isNotEmpty();
    assertThat(list(root.resolve("tmp")))
        .allMatch(it -> it.matches("hsperfdata_.*|.*\\.so|.*netty.*|.*[cC]orretto.*|.*amazon.*"));
    for (String mount : List.of("/", "/opt", "/opt/gatehouse")) {
      assertThat(optionsOf(mount)).as(mount).startsWith("ro");
    }
  }

  @Test
  void theHealthCheckSaysHowItIs() {
    assertThat(healthy(gateway.managementPort(), "live")).isZero();
    assertThat(healthy(gateway.managementPort(), "ready")).isZero();
    assertThat(healthy(gateway.managementPort(), "nonsense")).isEqualTo(1);
    assertThat(healthy(GatewayProcess.freePort(), "live")).isEqualTo(1);
  }

  @Test
  void toldToEndItEndsInGoodOrder() throws Exception {
    try (GatewayProcess other = contained()) {
      other.awaitReady();

      other.terminate();

      assertThat(other.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(other.log()).contains("Stopping: ").contains("stopped in");
    }
  }

  private static GatewayProcess contained() throws IOException {
    return GatewayProcess.start(
        home,
        feeds.url(),
        Path.of(Container.STATE),
        Map.of(),
        (environment, log) ->
            Container.start(layout, config, environment, log, Container.PLACE + "/run"));
  }

  private static int healthy(int management, String what) {
    return Checkout.run(
            Map.of("QUARKUS_MANAGEMENT_PORT", Integer.toString(management)),
            List.of(layout.resolve("healthy").toString(), what))
        .exit();
  }

  /** As the gateway sees them: the last mount there counts. */
  private static String optionsOf(String mount) throws IOException {
    try (Stream<String> mounts =
        Files.lines(Path.of("/proc/" + gateway.process().pid() + "/mountinfo"))) {
      return mounts
          .map(it -> it.split(" "))
          .filter(it -> it[4].equals(mount))
          .map(it -> it[5])
          .reduce("", (before, last) -> last);
    }
  }

  private static List<String> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(it -> it.getFileName().toString()).toList();
    }
  }
}
