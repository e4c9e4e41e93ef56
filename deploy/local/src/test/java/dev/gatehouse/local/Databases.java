package dev.gatehouse.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** A database for each of the two services, in the PostgreSQL of a running instance. */
final class Databases {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final RunningInstance lender;
  private final int number = NUMBER.incrementAndGet();

  Databases(RunningInstance lender) {
    this.lender = lender;
  }

  /** What a service is told of its database. */
  Map<String, String> environment(ServiceDatabase database) {
    return database.environment(address(name(database)), secret("database-" + database.database()));
  }

  void create(ServiceDatabase database) {
    execute("postgres", "CREATE DATABASE " + name(database) + " OWNER " + database.role());
  }

  /** Ends whatever is connected to it. */
  void drop(ServiceDatabase database) {
    execute("postgres", "DROP DATABASE " + name(database) + " WITH (FORCE)");
  }

  /** The rows of all tables as they are at one moment, while the service goes on writing. */
  Map<String, List<String>> dump(ServiceDatabase database) {
    Map<String, List<String>> rows = new LinkedHashMap<>();
    try (Connection connection = connect(name(database))) {
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      for (String table : tables(connection)) {
        rows.put(table, texts(connection, "SELECT to_jsonb(it)::text FROM " + table + " it"));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Drops the database and makes one with those rows. Its tables are those of the one that is
   * dropped: the embedded PostgreSQL comes without {@code pg_dump}, which would know them.
   */
  void restore(ServiceDatabase database, Map<String, List<String>> dump) {
    String name = name(database);
    String lost = name + "_lost";
    execute("postgres", "ALTER DATABASE " + name + " RENAME TO " + lost);
    execute(
        "postgres", "CREATE DATABASE " + name + " TEMPLATE " + lost + " OWNER " + database.role());
    execute("postgres", "DROP DATABASE " + lost);
    try (Connection connection = connect(name);
        Statement statement = connection.createStatement()) {
      // Else a row that refers to one of a later table would be refused.
      statement.execute("SET session_replication_role = replica");
      statement.execute("TRUNCATE " + String.join(", ", tables(connection)));
      for (Map.Entry<String, List<String>> table : dump.entrySet()) {
        insert(connection, table.getKey(), table.getValue());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private String name(ServiceDatabase database) {
    return database.database() + "_" + number;
  }

  private String address(String database) {
    return "postgresql://127.0.0.1:" + lender.port(Ports.Use.DATABASE) + "/" + database;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    return texts(
        connection, "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'");
  }

  private static void insert(Connection connection, String table, List<String> rows)
      throws SQLException {
    String columns =
        String.join(
            ", ",
            texts(
                connection,
                "SELECT quote_ident(column_name) FROM information_schema.columns"
                    + " WHERE table_schema = 'public' AND is_generated = 'NEVER'"
                    + " AND quote_ident(table_name) = '"
                    + table
                    + "'"));
    String sql =
        "INSERT INTO %1$s (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, ?::jsonb)"
            .formatted(table, columns);
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (String row : rows) {
        insert.setString(1, row);
        insert.executeUpdate();
      }
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private void execute(String database, String statement) {
    try (Connection connection = connect(database);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Connection connect(String database) throws SQLException {
    Properties login = new Properties();
    login.setProperty("user", "postgres");
    login.setProperty("password", secret("database-superuser"));
    return DriverManager.getConnection("jdbc:" + address(database), login);
  }

  private String secret(String name) {
    Path file = lender.state().resolve("secrets").resolve(name);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
