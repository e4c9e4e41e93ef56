package dev.gatehouse.gateway.trust;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** The way on which this gateway tells the tenant-service what tenants have asked of it. */
public interface DemandReports {

  /** Completes with the service's answer; fails unless it has taken the report in time. */
  Future<JsonObject> send(JsonObject report);
}
