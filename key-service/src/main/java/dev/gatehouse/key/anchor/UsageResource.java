package dev.gatehouse.key.anchor;

import static dev.gatehouse.key.body.Fields.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.key.body.Fields;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Where gateways report, in aggregate, which keys they have accepted tokens by. */
@Path("/internal/v1/usage")
public class UsageResource {

  /** The most keys that one report may name. */
  static final int MAX_KEYS = 10_000;

  private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final Usage usage;
  private final CurrentCaller caller;

  UsageResource(Usage usage, CurrentCaller caller) {
    this.usage = usage;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(204)
  public Uni<Void> report(@Nullable String body) {
    if (!caller.get().isOperator()) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "Reports are for callers that reach every tenant");
    }
    return usage.remember(parse(body));
  }

  private static List<Usage.Used> parse(@Nullable String body) {
    JsonNode keys =
        Fields.of(body, "a report", List.of("keys"))
            .value("keys")
            .filter(JsonNode::isArray)
            .filter(list -> list.size() <= MAX_KEYS)
            .orElseThrow(() -> invalid("keys is a list of at most " + MAX_KEYS + " keys"));
    List<Usage.Used> used = new ArrayList<>(keys.size());
    keys.forEach(key -> used.add(used(key)));
    return used;
  }

  private static Usage.Used used(JsonNode key) {
    Fields fields = Fields.of(key, "a used key", List.of("id", "lastUsedAt"));
    UUID id = fields.uuid("id").orElseThrow(() -> invalid("id is missing"));
    return new Usage.Used(
        id,
        fields.seconds("lastUsedAt", LATEST).orElseThrow(() -> invalid("lastUsedAt is missing")));
  }
}
