package dev.gatehouse.common.testing;

import java.util.HashMap;
import java.util.Map;

/** A database that one role migrates and another works in, as a chart sets it up. */
public final class TwoRoles implements AutoCloseable {

  public static final String OWNER = "schema_owner";
  public static final String SERVICE = "service";

  private final TestDatabase database = TestDatabase.start();

  public TwoRoles() {
    database.execute("CREATE ROLE " + OWNER + " LOGIN; GRANT CREATE ON SCHEMA public TO " + OWNER);
    database.execute("CREATE ROLE " + SERVICE + " LOGIN");
  }

  public TestDatabase database() {
    return database;
  }

  /** A process that migrates, grants and exits. It has no API key. */
  public ServiceProcess migrate(String... more) {
    Map<String, String> environment = environment(OWNER, "only");
    environment.remove("AUTH_API_KEY");
    environment.put("GATEHOUSE_DATABASE_GRANT_TO", SERVICE);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return ServiceProcess.start(environment);
  }

  /** The service, which has to wait until the schema is there. */
  public ServiceProcess serve(Map<String, String> more) {
    Map<String, String> environment = environment(SERVICE, "elsewhere");
    environment.putAll(more);
    return ServiceProcess.start(environment);
  }

  /** Tables at which the service may do nothing, and those at which it may do too much. */
  public String tablesWithWrongRights() {
    return database.query(
        """
        SELECT coalesce(string_agg(relname, ' ' ORDER BY relname), '') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v')
          AND (NOT has_table_privilege('service', oid, 'SELECT')
               OR has_table_privilege('service', oid, 'TRUNCATE, REFERENCES, TRIGGER'))
        """);
  }

  @Override
  public void close() {
    database.close();
  }

  private Map<String, String> environment(String role, String mode) {
    Map<String, String> environment = new HashMap<>(ServiceProcess.environment(database.port()));
    environment.put("QUARKUS_DATASOURCE_USERNAME", role);
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "not asked for");
    environment.put("GATEHOUSE_DATABASE_MIGRATIONS", mode);
    return environment;
  }
}
