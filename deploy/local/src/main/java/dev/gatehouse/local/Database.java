package dev.gatehouse.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * An embedded PostgreSQL that keeps its promises ({@code fsync}) and its data. Each service has a
 * database of its own, a role that can reach no other, and a password that was made up here.
 */
final class Database {
  private static final String SUPERUSER = "postgres";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LOGIN_TIMEOUT_SECONDS = 2;

  private final PostgresBinaries binaries;
  private final Unprivileged user;
  private final State state;
  private final Secrets secrets;
  private final int port;

  Database(PostgresBinaries binaries, Unprivileged user, State state, Secrets secrets, int port) {
    this.binaries = binaries;
    this.user = user;
    this.state = state;
    this.secrets = secrets;
    this.port = port;
  }

  /** Starts the server, after making its files if there are none. */
  Process start(Path log) throws IOException, InterruptedException {
    Path data = state.file("postgres");
    if (!Files.exists(data)) {
      initialise(data, log);
    }
    user.own(data);
    forgetTheDead(data.resolve("postmaster.pid"));
    List<String> server =
        List.of(
            binaries.program("postgres"),
            "-D" + data,
            "-clisten_addresses=127.0.0.1",
            "-cport=" + port,
            "-cunix_socket_directories=",
            "-cfsync=on",
            "-csynchronous_commit=on",
            "-cfull_page_writes=on",
            "-cshared_buffers=32MB",
            "-clogging_collector=off");
    return user.command(server)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  /**
   * Waits until the server answers, then sees to the databases and roles.
   *
   * @return false if the server died meanwhile
   */
  boolean prepare(Process server) throws IOException, InterruptedException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      for (ServiceDatabase owned : ServiceDatabase.values()) {
        if (!exists(statement, "pg_roles WHERE rolname = '" + owned.role() + "'")) {
          statement.execute("CREATE ROLE " + owned.role());
        }
        statement.execute(
            "ALTER ROLE " + owned.role() + " LOGIN PASSWORD '" + owned.password(secrets) + "'");
        if (!exists(statement, "pg_database WHERE datname = '" + owned.database() + "'")) {
          statement.execute("CREATE DATABASE " + owned.database() + " OWNER " + owned.role());
          statement.execute("REVOKE ALL ON DATABASE " + owned.database() + " FROM PUBLIC");
        }
      }
      return true;
    } catch (SQLException e) {
      if (!server.isAlive()) {
        return false;
      }
      throw Failure.because("PostgreSQL did not let itself be set up: " + e.getMessage());
    }
  }

  /** Works beside the final place, so that an interrupted attempt leaves nothing half-made. */
  private void initialise(Path data, Path log) throws IOException, InterruptedException {
    State.delete(state.file("postgres.new"));
    Path made = state.directory("postgres.new");
    Path password = secrets.file("database-superuser");
    user.own(made);
    List<String> initdb =
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + made,
            "--username=" + SUPERUSER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C");
    int exit =
        user.command(initdb)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (exit != 0) {
      throw Failure.because("PostgreSQL's initdb failed; it says why in " + log + ".");
    }
    Files.move(made, data);
  }

  /** PostgreSQL takes any process that has the number of its predecessor for that predecessor. */
  private static void forgetTheDead(Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    boolean lives =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().command())
            .filter(command -> command.endsWith("postgres"))
            .isPresent();
    if (!lives) {
      Files.delete(pidFile);
    }
  }

  private Connection connect(Process server)
      throws IOException, InterruptedException, SQLException {
    Properties login = new Properties();
    login.setProperty("user", SUPERUSER);
    login.setProperty("password", secrets.value("database-superuser"));
    login.setProperty("loginTimeout", String.valueOf(LOGIN_TIMEOUT_SECONDS));
    login.setProperty("sslmode", "disable");
    login.setProperty("gssEncMode", "disable");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", login);
      } catch (SQLException notYet) {
        if (!server.isAlive() || System.nanoTime() > deadline) {
          throw notYet;
        }
        Thread.sleep(50);
      }
    }
  }

  private static boolean exists(Statement statement, String what) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT 1 FROM " + what)) {
      return rows.next();
    }
  }
}
