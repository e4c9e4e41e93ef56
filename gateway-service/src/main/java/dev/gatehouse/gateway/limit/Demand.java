package dev.gatehouse.gateway.limit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is reported of the demand that a gateway sees, and what is made of the answer. */
final class Demand {

  /** The most tenants in one report: the busiest, measured by their limits. */
  static final int MAX_TENANTS = 1_000;

  private final Limiter limiter;

  Demand(Limiter limiter) {
    this.limiter = limiter;
  }

  /**
   * Looks at what was asked for.
   *
   * @param seconds since the last look
   * @return the report; its {@code tenants} are empty when nobody asked for anything
   */
  JsonObject report(double seconds) {
    List<Map.Entry<UUID, Allowance>> wanted = new ArrayList<>();
    for (Map.Entry<UUID, Allowance> it : limiter.charged()) {
      it.getValue().look(seconds);
      if (it.getValue().isWanted()) {
        wanted.add(it);
      }
    }
    JsonArray tenants = new JsonArray();
    busiest(wanted).forEach(it -> tenants.add(asked(it.getKey(), it.getValue())));
    return new JsonObject().put("tenants", tenants);
  }

  /** Goes by the answer to a report; what it does not name stays as it is. */
  void take(JsonObject answer) {
    JsonArray tenants = answer.getJsonArray("tenants", new JsonArray());
    for (int i = 0; i < tenants.size(); i++) {
      JsonObject tenant = tenants.getJsonObject(i);
      limiter
          .charged(UUID.fromString(tenant.getString("id")))
          .ifPresent(it -> share(it, tenant.getJsonObject("shares")));
    }
    limiter.among(answer.getInteger("gateways", limiter.gateways()));
  }

  private static List<Map.Entry<UUID, Allowance>> busiest(List<Map.Entry<UUID, Allowance>> all) {
    if (all.size() <= MAX_TENANTS) {
      return all;
    }
    return all.stream()
        .map(it -> Map.entry(it.getValue().weight(), it))
        .sorted(Comparator.comparingDouble(it -> -it.getKey()))
        .limit(MAX_TENANTS)
        .map(Map.Entry::getValue)
        .toList();
  }

  private static JsonObject asked(UUID registration, Allowance allowance) {
    JsonObject limits = new JsonObject();
    JsonObject demand = new JsonObject();
    for (LimitKind kind : LimitKind.SHARED) {
      Optional<Long> limit = allowance.limit(kind);
      if (limit.isPresent()) {
        limits.put(kind.field(), limit.get());
        demand.put(kind.field(), allowance.demand(kind));
      }
    }
    return new JsonObject()
        .put("id", registration.toString())
        .put("limits", limits)
        .put("demand", demand);
  }

  /** As a part of the limit, which may be another one by now. */
  private void share(Allowance allowance, JsonObject shares) {
    for (LimitKind kind : LimitKind.SHARED) {
      Optional<Long> limit = allowance.limit(kind);
      Long share = shares.getLong(kind.field());
      if (limit.isPresent() && share != null) {
        double part = Math.min(1, Math.max(1, share) / (double) limit.get());
        allowance.share(kind, part, limiter.gateways());
      }
    }
  }
}
