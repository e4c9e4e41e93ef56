package dev.gatehouse.common.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a {@code @QuarkusTest} an API key and a database, in which it has the rights that the
 * service needs and no other. A test field of type {@link TestDatabase} is set to the database.
 */
public class PostgresResource implements QuarkusTestResourceLifecycleManager {

  private static final String ROLE = "service";

  private @Nullable TestDatabase database;

  @Override
  public Map<String, String> start() {
    TestDatabase started = TestDatabase.start();
    database = started;
    started.prepareFor(ROLE);
    Map<String, String> configuration = new HashMap<>(started.configuration());
    configuration.put("quarkus.datasource.username", ROLE);
    configuration.put("gatehouse.database.migrations", "elsewhere");
    configuration.put("AUTH_API_KEY", TestCalls.API_KEY);
    // A busy build machine is no database that hangs.
    configuration.put("gatehouse.database.deadline", "10s");
    return configuration;
  }

  @Override
  public void inject(TestInjector injector) {
    if (database != null) {
      injector.injectIntoFields(database, new TestInjector.MatchesType(TestDatabase.class));
    }
  }

  @Override
  public void stop() {
    if (database != null) {
      database.goOn();
      database.close();
    }
  }
}
