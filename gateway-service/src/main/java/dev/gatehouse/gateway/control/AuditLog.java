package dev.gatehouse.gateway.control;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.page.Cursor;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.gateway.trust.AuditHeads;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The audit logs of both services as one. Each service keeps, shows and checks its own. */
final class AuditLog {

  private static final String PATH = "/api/v1/audit";

  /** Every entry is hashed again. */
  private static final Duration VERIFYING = Duration.ofSeconds(60);

  private static final Duration PRUNING = Duration.ofSeconds(20);

  private final Gathering services;
  private final AuditHeads heads;

  AuditLog(Gathering services, AuditHeads heads) {
    this.services = services;
    this.heads = heads;
  }

  Future<JsonObject> list(ControlQuery query, Gathering.Call call) {
    Map<String, String> asked = new HashMap<>(query.parameters());
    List<Service> wanted = wanted(asked.remove("service"));
    boolean newestFirst = newestFirst(asked.getOrDefault("order", "desc"));
    PageRequest page = PageRequest.parse(asked.remove("limit"), asked.remove("cursor"));
    AuditPosition from = page.after().map(AuditPosition::parse).orElse(AuditPosition.START);
    asked.put("limit", Integer.toString(page.limit()));
    AuditMerge merge = new AuditMerge(newestFirst, page.limit(), from);
    return services
        .each(wanted, service -> target(asked, from.cursor(service)), Route.PATIENCE, call)
        .map(Gathering.reading(answers -> written(merge.merged(answers))));
  }

  /** Each is told what this gateway has kept, so that what was cut off or rewritten shows. */
  Future<JsonObject> verify(Gathering.Call call) {
    return services
        .each(List.of(Service.values()), this::verification, VERIFYING, call)
        .map(Gathering.reading(AuditLog::verdict));
  }

  Future<JsonObject> prune(Buffer body, Gathering.Call call) {
    JsonObject asked = object(body);
    Service service =
        Service.ofFeed(String.valueOf(asked.remove("service")))
            .orElseThrow(AuditLog::noSuchService);
    return services.ask(service, HttpMethod.POST, PATH + "/prune", asked, call, PRUNING);
  }

  private String target(Map<String, String> asked, Optional<String> cursor) {
    Map<String, String> parameters = new HashMap<>(asked);
    cursor.ifPresent(it -> parameters.put("cursor", it));
    return PATH + new ControlQuery(parameters).encoded();
  }

  private String verification(Service service) {
    Map<String, String> parameters = new HashMap<>();
    heads
        .kept(service.feed())
        .filter(head -> head.sequence() > 0)
        .ifPresent(
            head -> {
              parameters.put("keptSequence", Long.toString(head.sequence()));
              parameters.put("keptHash", head.hash());
            });
    return PATH + "/verify" + new ControlQuery(parameters).encoded();
  }

  private static JsonObject written(AuditMerge.Page page) {
    JsonObject answer = new JsonObject().put("entries", new JsonArray(page.entries()));
    page.next().ifPresent(next -> answer.put("next", Cursor.after(next.text())));
    return answer;
  }

  private static JsonObject verdict(Map<Service, JsonObject> answers) {
    JsonArray services = new JsonArray();
    answers.values().forEach(services::add);
    boolean intact = answers.values().stream().allMatch(it -> it.getBoolean("intact", false));
    return new JsonObject().put("intact", intact).put("services", services);
  }

  private static List<Service> wanted(@Nullable String service) {
    return service == null
        ? List.of(Service.values())
        : List.of(Service.ofFeed(service).orElseThrow(AuditLog::noSuchService));
  }

  private static boolean newestFirst(String order) {
    return switch (order) {
      case "asc" -> false;
      case "desc" -> true;
      default -> throw new Invalid(ErrorCode.FIELD_INVALID, "order is asc or desc");
    };
  }

  private static JsonObject object(Buffer body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException e) {
      throw new Invalid(ErrorCode.REQUEST_MALFORMED, "The body is not an object of JSON");
    }
  }

  private static Invalid noSuchService() {
    return new Invalid(ErrorCode.FIELD_INVALID, "service is tenants or keys");
  }
}
