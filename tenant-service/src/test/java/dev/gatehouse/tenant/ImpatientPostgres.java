package dev.gatehouse.tenant;

import dev.gatehouse.common.testing.PostgresResource;
import java.util.HashMap;
import java.util.Map;

/** For tests of what happens by the clock: the deadline as shipped, and sweeps all the time. */
public class ImpatientPostgres extends PostgresResource {

  @Override
  public Map<String, String> start() {
    Map<String, String> configuration = new HashMap<>(super.start());
    configuration.put("gatehouse.database.deadline", "1500ms");
    configuration.put("gatehouse.feed.sweep-every", "200ms");
    return configuration;
  }
}
