package dev.gatehouse.common.testing;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service as it is shipped, in a process of its own, on free ports of 127.0.0.1. */
public final class ServiceProcess implements AutoCloseable {

  private static final Path RUNNER = Path.of("target", "quarkus-app", "quarkus-run.jar");

  private final Process process;
  private final Path log;
  private final int httpPort;
  private final int managementPort;

  private ServiceProcess(Process process, Path log, int httpPort, int managementPort) {
    this.process = process;
    this.log = log;
    this.httpPort = httpPort;
    this.managementPort = managementPort;
  }

  /** Starts the service of the module whose tests run; {@code environment} is all that it sees. */
  public static ServiceProcess start(Map<String, String> environment) {
    int httpPort = freePort();
    int managementPort = freePort();
    Map<String, String> all = new HashMap<>(environment);
    all.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    all.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
    all.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
    all.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-jar");
    command.add(RUNNER.toString());
    try {
      Path log = Files.createTempFile("service", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().clear();
      builder.environment().putAll(all);
      return new ServiceProcess(builder.start(), log, httpPort, managementPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The environment of a service with this database and the API key of the tests. */
  public static Map<String, String> environment(int postgresPort) {
    String server = "127.0.0.1:" + postgresPort + "/postgres";
    Map<String, String> environment = new HashMap<>();
    environment.put("AUTH_API_KEY", TestCalls.API_KEY);
    // A busy build machine is no database that hangs.
    environment.put("GATEHOUSE_DATABASE_DEADLINE", "10s");
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://" + server);
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", "jdbc:postgresql://" + server);
    environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    return environment;
  }

  /** A call with the API key, for every tenant. */
  public RequestSpecification asOperator() {
    return TestCalls.asOperator().baseUri("http://127.0.0.1").port(httpPort);
  }

  public RequestSpecification management() {
    return RestAssured.given().baseUri("http://127.0.0.1").port(managementPort);
  }

  /** Whether it answers that it is ready; a process that does not answer is not. */
  public boolean isReady() {
    return healthStatus("/health/ready") == 200;
  }

  public boolean isLive() {
    return healthStatus("/health/live") == 200;
  }

  private int healthStatus(String path) {
    try {
      return management().get(path).statusCode();
    } catch (Exception e) { // Not listening yet: REST Assured throws what it does not declare.
      return 0;
    }
  }

  /** Asks it to end, as Kubernetes does. */
  public void terminate() {
    process.destroy();
  }

  /** The exit code; fails when the process still runs after that time. */
  public int exitCode(long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Still running:\n" + log());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return process.exitValue();
  }

  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
