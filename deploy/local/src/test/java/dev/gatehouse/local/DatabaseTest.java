package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatabaseTest {
  private static final int PORT = Ports.free().of(Ports.Use.DATABASE);

  @TempDir Path home;
  private State state;
  private Secrets secrets;
  private final Deque<Process> servers = new ArrayDeque<>();

  @BeforeEach
  void open() throws IOException {
    state = State.open(home.resolve("state"));
    secrets = new Secrets(state);
  }

  @AfterEach
  void stop() {
    servers.forEach(DatabaseTest::kill);
  }

  /** Both ways that there are for root, so that a test as root tries both. */
  static Stream<Unprivileged> users() {
    return Unprivileged.here() == Unprivileged.AS_WE_ARE
        ? Stream.of(Unprivileged.AS_WE_ARE)
        : Stream.of(Unprivileged.here(), Unprivileged.AS_NOBODY);
  }

  @ParameterizedTest
  @MethodSource("users")
  void whatIsCommittedSurvivesTheDeathOfTheServer(Unprivileged user) throws Exception {
    start(user);
    execute(ServiceDatabase.TENANTS, "CREATE TABLE promise AS SELECT 42 AS number");

    kill(servers.getLast());
    start(user);

    assertThat(query(ServiceDatabase.TENANTS, "SELECT number FROM promise")).isEqualTo("42");
  }

  @ParameterizedTest
  @MethodSource("users")
  void theServerKeepsItsPromises(Unprivileged user) throws Exception {
    start(user);

    assertThat(query(ServiceDatabase.KEYS, "SHOW fsync")).isEqualTo("on");
    assertThat(query(ServiceDatabase.KEYS, "SHOW synchronous_commit")).isEqualTo("on");
    assertThat(query(ServiceDatabase.KEYS, "SHOW full_page_writes")).isEqualTo("on");
    assertThat(query(ServiceDatabase.KEYS, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @MethodSource("users")
  void aServiceReachesItsOwnDatabaseOnlyAndOnlyWithItsPassword(Unprivileged user) throws Exception {
    start(user);
    String password = ServiceDatabase.TENANTS.password(secrets);

    assertThat(query(ServiceDatabase.TENANTS, "SELECT current_user")).isEqualTo("tenant_service");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connect("keys", "tenant_service", password))
        .withMessageContaining("permission denied");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connect("tenants", "tenant_service", "wrong"))
        .withMessageContaining("password authentication failed");
    assertThatExceptionOfType(SQLException.class)
        .isThrownBy(() -> connect("postgres", "postgres", "wrong"))
        .withMessageContaining("password authentication failed");
  }

  private void start(Unprivileged user) throws Exception {
    PostgresBinaries binaries = PostgresBinaries.unpack(Path.of("target").toAbsolutePath());
    Database database = new Database(binaries, user, state, secrets, PORT);
    Process server = database.start(home.resolve("database.log"));
    servers.add(server);
    assertThat(database.prepare(server)).isTrue();
  }

  private static void kill(Process server) {
    server.destroyForcibly();
    server.onExit().join();
  }

  private void execute(ServiceDatabase database, String sql) throws Exception {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String query(ServiceDatabase database, String sql) throws Exception {
    try (Connection connection = connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  private Connection connect(ServiceDatabase database) throws Exception {
    return connect(database.database(), database.role(), database.password(secrets));
  }

  private static Connection connect(String database, String user, String password)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + PORT + "/" + database, user, password);
  }
}
