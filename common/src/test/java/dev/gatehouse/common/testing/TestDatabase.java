package dev.gatehouse.common.testing;

import dev.gatehouse.common.database.Grants;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * A PostgreSQL server on a free port of 127.0.0.1 with one database. It can be made to hang, and to
 * go on. It trusts everybody who connects to be the role that they say.
 */
public final class TestDatabase implements AutoCloseable {

  private static final String USER = "postgres";
  private static final String DATABASE = "postgres";

  private final EmbeddedPostgres server;

  private TestDatabase(EmbeddedPostgres server) {
    this.server = server;
  }

  public static TestDatabase start() {
    return start(0);
  }

  /** On a port that was chosen before; 0: on a free one. */
  public static TestDatabase start(int port) {
    return start(builder().setPort(port));
  }

  /**
   * One that encrypts connections, if whoever connects wants it.
   *
   * @param directory of the test; the key is left there
   */
  public static TestDatabase withTls(TestCertificate shown, Path directory) {
    try {
      Path certificate = directory.resolve("postgres.crt");
      Path key = directory.resolve("postgres.key");
      Files.writeString(certificate, shown.certificate());
      // PostgreSQL takes no key that others may read.
      Files.createFile(
          key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(key, shown.key());
      return start(
          builder()
              .setServerConfig("ssl", "on")
              .setServerConfig("ssl_cert_file", certificate.toString())
              .setServerConfig("ssl_key_file", key.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres.Builder builder() {
    return EmbeddedPostgres.builder()
        .setServerConfig("max_connections", "100")
        .setServerConfig("listen_addresses", "127.0.0.1");
  }

  private static TestDatabase start(EmbeddedPostgres.Builder builder) {
    try {
      return new TestDatabase(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getPort();
  }

  /** The configuration of a service that uses this database. */
  public Map<String, String> configuration() {
    return Map.of(
        "quarkus.datasource.reactive.url",
        "postgresql://127.0.0.1:" + port() + "/postgres",
        "quarkus.datasource.jdbc.url",
        "jdbc:postgresql://127.0.0.1:" + port() + "/postgres",
        "quarkus.datasource.username",
        USER,
        "quarkus.datasource.password",
        USER);
  }

  public void execute(String sql) {
    executeAs(USER, sql);
  }

  /** As another role; what PostgreSQL refuses is the cause of what is thrown. */
  public void executeAs(String role, String sql) {
    try (Connection connection = server.getDatabase(role, DATABASE).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Migrates the schema, and makes a role that has the rights of the service and no other. */
  public void prepareFor(String role) {
    Flyway.configure()
        .dataSource(server.getPostgresDatabase())
        .locations("classpath:db/migration")
        .load()
        .migrate();
    execute("CREATE ROLE " + role + " LOGIN");
    try (Connection connection = connect()) {
      Grants.give(connection, role);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The one value that the query gives, as text. */
  public String query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect() throws SQLException {
    return server.getPostgresDatabase().getConnection();
  }

  /** Stops every process of the server without ending it: connections stay, nothing answers. */
  public void hang() {
    signal("-STOP");
  }

  public void goOn() {
    signal("-CONT");
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String signal) {
    ProcessHandle.allProcesses()
        .filter(this::isPostmaster)
        .forEach(
            postmaster -> {
              kill(signal, postmaster.pid());
              postmaster.descendants().forEach(child -> kill(signal, child.pid()));
            });
  }

  private boolean isPostmaster(ProcessHandle process) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains("-p " + port() + " ");
  }

  private static void kill(String signal, long pid) {
    try {
      new ProcessBuilder("kill", signal, Long.toString(pid)).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
