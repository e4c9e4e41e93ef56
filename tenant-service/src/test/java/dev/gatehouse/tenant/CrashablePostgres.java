package dev.gatehouse.tenant;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * A PostgreSQL that keeps what it has committed, as one in production does, can be killed with all
 * its processes, and started again on the same port and data.
 */
final class CrashablePostgres implements AutoCloseable {

  private final int port;
  private final Path data;
  private EmbeddedPostgres server;

  private CrashablePostgres(int port, Path data) throws IOException {
    this.port = port;
    this.data = data;
    this.server = startServer(port, data);
  }

  static CrashablePostgres start(int port) {
    try {
      return new CrashablePostgres(port, Files.createTempDirectory("postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** At once and without a word to the processes: SIGKILL. */
  void kill() {
    List<ProcessHandle> processes =
        ProcessHandle.allProcesses()
            .filter(this::isPostmaster)
            .flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    Awaitility.await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
  }

  void startAgain() {
    close();
    try {
      server = startServer(port, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one value that the query gives, as text. */
  String query(String sql) {
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmbeddedPostgres startServer(int port, Path data) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(data)
        .setCleanDataDirectory(false)
        .setServerConfig("listen_addresses", "127.0.0.1")
        .setServerConfig("fsync", "on")
        .setServerConfig("full_page_writes", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  private boolean isPostmaster(ProcessHandle process) {
    String command = process.info().commandLine().orElse("");
    return command.contains("postgres") && command.contains("-p " + port + " ");
  }
}
