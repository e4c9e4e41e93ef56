package dev.gatehouse.common.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the role of a service may do with its tables: {@code db/grants/*.sql}, which {@code psql -v
 * role=NAME} takes too.
 */
public final class Grants {

  private static final List<String> FILES =
      List.of("db/grants/common.sql", "db/grants/service.sql");

  private static final String PLACE_OF_ROLE = ":\"role\"";

  /** Two that grant at the same time would fail each other. */
  private static final String TAKE_TURNS = "SELECT pg_advisory_xact_lock(7449363199424099203)";

  /** Why a role cannot be held to the rights that it is given; NULL: it can. */
  private static final String UNFIT =
      """
      SELECT CASE
        WHEN r.rolsuper THEN
          'is a superuser, from whom nothing can be kept: name another'
        WHEN pg_has_role(r.oid, current_user, 'MEMBER') THEN
          'is the role that migrates, or a member of it: give the service one of its own'
        WHEN EXISTS (SELECT FROM pg_class c
                     WHERE c.relnamespace = current_schema()::regnamespace
                       AND pg_has_role(r.oid, c.relowner, 'MEMBER')) THEN
          'owns tables: REASSIGN OWNED BY ' || quote_ident(r.rolname)
          || ' TO ' || quote_ident(current_user)
        WHEN has_schema_privilege(r.oid, current_schema(), 'CREATE') THEN
          'may create tables: REVOKE CREATE ON SCHEMA ' || quote_ident(current_schema())
          || ' FROM PUBLIC, ' || quote_ident(r.rolname)
        END
      FROM pg_roles r WHERE r.rolname = ?
      """;

  private Grants() {}

  /**
   * Gives the role these rights and takes all others to these tables away, in one transaction.
   *
   * @param role as it is spelled in {@code pg_roles}
   * @throws IllegalStateException when that role is not there, or cannot be held to them
   */
  public static void give(Connection connection, String role) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(TAKE_TURNS);
      unfit(connection, role)
          .ifPresent(
              why -> {
                throw new IllegalStateException(
                    "gatehouse.database.grant-to: the role " + role + " " + why);
              });
      String quoted = statement.enquoteIdentifier(role, true);
      for (String file : FILES) {
        statement.execute(read(file).replace(PLACE_OF_ROLE, quoted));
      }
      connection.commit();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static Optional<String> unfit(Connection connection, String role) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(UNFIT)) {
      statement.setString(1, role);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next()
            ? Optional.ofNullable(rows.getString(1))
            : Optional.of("does not exist: create it, with LOGIN and nothing else");
      }
    }
  }

  private static String read(String file) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    try (InputStream stream = classes.getResourceAsStream(file)) {
      byte[] bytes = Objects.requireNonNull(stream, file).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
