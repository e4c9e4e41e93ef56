package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The gateways, as both services know them. One gateway has one id at both. */
final class Gateways {

  private static final String PATH = "/api/v1/gateways";

  private final Gathering services;

  Gateways(Gathering services) {
    this.services = services;
  }

  Future<JsonObject> list(Gathering.Call call) {
    return services
        .each(List.of(Service.values()), service -> PATH, Route.PATIENCE, call)
        .map(Gathering.reading(Gateways::merged));
  }

  /** Removed is what either knew; the one that a former attempt reached knows it no more. */
  Future<JsonObject> remove(String id, Gathering.Call call) {
    Future<Optional<JsonObject>> tenants = removeAt(Service.TENANTS, id, call);
    Future<Optional<JsonObject>> keys = removeAt(Service.KEYS, id, call);
    return Future.all(tenants, keys)
        .map(
            done ->
                tenants
                    .result()
                    .or(keys::result)
                    .orElseThrow(
                        () ->
                            new NotFound(
                                ErrorCode.GATEWAY_NOT_FOUND, "There is no gateway with this id")));
  }

  private Future<Optional<JsonObject>> removeAt(Service service, String id, Gathering.Call call) {
    return services
        .ask(service, HttpMethod.DELETE, PATH + "/" + id, null, call, Route.PATIENCE)
        .map(Gateways::nameOf)
        .recover(
            failure ->
                failure instanceof ServiceRefusal refusal
                        && refusal.code() == ErrorCode.GATEWAY_NOT_FOUND
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(failure));
  }

  private static Optional<JsonObject> nameOf(JsonObject removed) {
    return Optional.of(
        new JsonObject().put("id", removed.getString("id")).put("name", removed.getString("name")));
  }

  /** Pure. In the order of names, then ids. */
  static JsonObject merged(Map<Service, JsonObject> answers) {
    Map<String, JsonObject> byId = new TreeMap<>();
    answers.forEach((service, answer) -> addAll(byId, service.feed(), answer));
    JsonArray gateways = new JsonArray();
    byId.values().stream()
        .sorted(Comparator.comparing((JsonObject it) -> it.getString("name", "")))
        .forEach(gateways::add);
    return new JsonObject().put("gateways", gateways);
  }

  private static void addAll(Map<String, JsonObject> byId, String feed, JsonObject answer) {
    long head = answer.getLong("head", 0L);
    for (Object each : answer.getJsonArray("gateways", new JsonArray())) {
      JsonObject known = (JsonObject) each;
      JsonObject gateway = byId.computeIfAbsent(known.getString("id", ""), Gateways::unseen);
      add(gateway, feed, head, known);
    }
  }

  private static JsonObject unseen(String id) {
    return new JsonObject()
        .put("id", id)
        .put("name", id)
        .put("applied", new JsonObject())
        .put("behind", new JsonObject());
  }

  private static void add(JsonObject gateway, String feed, long head, JsonObject known) {
    boolean first = gateway.getJsonObject("applied").isEmpty();
    long applied = known.getLong("applied", 0L);
    gateway.put("name", known.getString("name", gateway.getString("name")));
    gateway.getJsonObject("applied").put(feed, applied);
    gateway.getJsonObject("behind").put(feed, Math.max(0, head - applied));
    put(
        gateway,
        "lastContact",
        latest(gateway.getInstant("lastContact"), known.getInstant("lastContact")));
    put(gateway, "servesUntil", servesUntil(gateway, known, first));
    gateway.put("live", known.getBoolean("live", false) || gateway.getBoolean("live", false));
  }

  /** Without an end at one of them, it may serve for ever. */
  private static @Nullable Instant servesUntil(
      JsonObject gateway, JsonObject known, boolean first) {
    Instant here = known.getInstant("servesUntil");
    Instant before = gateway.getInstant("servesUntil");
    if (first) {
      return here;
    }
    return here == null || before == null ? null : latest(here, before);
  }

  private static @Nullable Instant latest(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isAfter(other) ? one : other;
  }

  private static void put(JsonObject to, String name, @Nullable Instant value) {
    if (value == null) {
      to.remove(name);
    } else {
      to.put(name, value.toString());
    }
  }
}
