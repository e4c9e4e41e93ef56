package dev.gatehouse.gateway.control;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.gateway.authentication.Authentication;
import dev.gatehouse.gateway.authentication.Credentials;
import dev.gatehouse.gateway.authentication.Identity;
import dev.gatehouse.gateway.authorization.Decision;
import dev.gatehouse.gateway.authorization.Holding;
import dev.gatehouse.gateway.proxy.DryRun;
import dev.gatehouse.gateway.proxy.DryRun.Finding;
import dev.gatehouse.gateway.routing.StrictPath;
import dev.gatehouse.gateway.trust.TrustSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says what would become of a request, and why: for operators, and about tokens of one's own
 * tenants.
 */
final class Explanations {

  private static final Finding SKIPPED = new Finding.Skipped();

  private final Door door;
  private final TrustSource trusted;
  private final DryRun dryRun;

  Explanations(Door door, TrustSource trusted, DryRun dryRun) {
    this.door = door;
    this.trusted = trusted;
    this.dryRun = dryRun;
  }

  /** Fails with {@link Forbidden} for a token of somebody else. */
  Future<JsonObject> answer(Buffer body, Caller caller) {
    ExplainRequest request = ExplainRequest.parse(body);
    return door.authentication(new Credentials.Token(request.token()))
        .map(answer -> explained(request, answer, caller));
  }

  private JsonObject explained(ExplainRequest request, Authentication answer, Caller caller) {
    Optional<Identity> identity =
        answer instanceof Authentication.Accepted accepted
            ? Optional.of(accepted.identity())
            : Optional.empty();
    DryRun.Findings findings = dryRun.of(request.asked(), answer);
    Finding token;
    if (answer instanceof Authentication.Refused refused) {
      refused.lapsed().ifPresent(lapsed -> requireWithin(caller, lapsed.identity()));
      token = told(refused, findings.held());
    } else {
      requireWithin(caller, identity.orElseThrow());
      token = new Finding.Fine(described(identity.orElseThrow()));
    }
    return findings.control()
        ? control(request.asked(), findings, token, identity)
        : data(findings, token);
  }

  private static Finding told(Authentication.Refused refused, boolean held) {
    return held
        ? new Finding.Refused(Holding.HELD.code(), Holding.HELD.detail())
        : new Finding.Refused(refused.code(), refused.detail());
  }

  private static void requireWithin(Caller caller, Identity identity) {
    boolean within =
        caller.isOperator()
            || (!identity.tenants().isEvery()
                && identity.tenants().named().stream().allMatch(caller.reach()::covers));
    if (!within) {
      throw new Forbidden(
          ErrorCode.TENANT_MISMATCH, "The token that is to be explained is not of your tenants");
    }
  }

  private static String described(Identity identity) {
    String tenants =
        identity.tenants().isEvery()
            ? "every tenant"
            : identity.tenants().named().stream()
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining(", "));
    String scopes =
        identity.scopes().stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    return "Speaks for " + tenants + " with the scopes " + scopes;
  }

  private static JsonObject data(DryRun.Findings findings, Finding token) {
    Map<String, Finding> steps = new LinkedHashMap<>();
    steps.put("host", findings.host());
    steps.put("token", token);
    steps.put("operation", findings.operation());
    steps.put("decision", findings.decision());
    JsonObject written = written(steps);
    findings.goesOnTo().ifPresent(backend -> report(written, backend));
    findings.allowed().ifPresent(allowed -> tell(written, allowed));
    return written;
  }

  /** Of several tenants there is no one organisation id; the step names the tenants. */
  private static void tell(JsonObject written, Decision.Allowed allowed) {
    written.put("tenant", allowed.actsAs().value());
    if (allowed.federated().isEmpty()) {
      written.put("orgId", allowed.orgId());
    }
  }

  /** What the api would refuse goes on; the code says what enforcement would answer. */
  private static void report(JsonObject written, String backend) {
    if (written.getBoolean("allowed")) {
      return;
    }
    written.put("status", 200);
    for (Object each : written.getJsonArray("steps")) {
      JsonObject step = (JsonObject) each;
      if (step.getString("outcome").equals("refused")) {
        step.put(
            "detail",
            step.getString("detail")
                + "; the api is in report mode, so that this is counted and the request goes on as"
                + " it came, to the backend "
                + backend);
      }
    }
  }

  /** The service that owns what is asked for decides the rest. */
  private JsonObject control(
      DryRun.Asked asked, DryRun.Findings findings, Finding token, Optional<Identity> identity) {
    Finding route = route(asked);
    boolean decidable = route instanceof Finding.Fine && identity.isPresent();
    Map<String, Finding> steps = new LinkedHashMap<>();
    steps.put("host", findings.host());
    steps.put("operation", route);
    steps.put("token", token);
    steps.put("decision", decidable ? decision(asked, identity.get()) : SKIPPED);
    return written(steps);
  }

  private static Finding route(DryRun.Asked asked) {
    int question = asked.target().indexOf('?');
    try {
      ControlRoute route =
          ControlRoutes.find(
              asked.method(),
              StrictPath.parse(asked.target()).segments(),
              question < 0 ? "" : asked.target().substring(question + 1));
      if (route instanceof ControlRoute.Known known) {
        return new Finding.Fine("The resource " + known.path());
      }
      return route instanceof ControlRoute.WrongMethod wrong
          ? new Finding.Refused(ErrorCode.METHOD_NOT_ALLOWED, "This path takes " + wrong.allow())
          : new Finding.Refused(ErrorCode.ROUTE_UNKNOWN, "There is nothing here");
    } catch (Refusal refusal) {
      return new Finding.Refused(refusal.code(), refusal.detail());
    }
  }

  private Finding decision(DryRun.Asked asked, Identity identity) {
    try {
      Caller as =
          ControlCaller.of(
              identity, asked.headers().getAll(Caller.TENANT_HEADER), trusted.current(), "");
      return new Finding.Fine(
          "Reaches " + as.reach().text() + "; the service that owns the resource decides the rest");
    } catch (Refusal refusal) {
      return new Finding.Refused(refusal.code(), refusal.detail());
    }
  }

  /** The first step that refuses is the answer, as a client would get it. */
  private static JsonObject written(Map<String, Finding> steps) {
    JsonArray list = new JsonArray();
    Optional<Finding.Refused> end = Optional.empty();
    for (Map.Entry<String, Finding> step : steps.entrySet()) {
      list.add(step(step.getKey(), step.getValue()));
      if (end.isEmpty() && step.getValue() instanceof Finding.Refused refused) {
        end = Optional.of(refused);
      }
    }
    JsonObject json =
        new JsonObject()
            .put("steps", list)
            .put("allowed", end.isEmpty())
            .put("decision", end.isEmpty() ? "allowed" : "refused")
            .put("status", end.map(refused -> refused.code().status()).orElse(200));
    end.ifPresent(refused -> json.put("code", refused.code().code()));
    return json;
  }

  private static JsonObject step(String name, Finding finding) {
    JsonObject json = new JsonObject().put("step", name);
    if (finding instanceof Finding.Fine fine) {
      return json.put("outcome", "ok").put("detail", fine.detail());
    }
    if (finding instanceof Finding.Refused refused) {
      return json.put("outcome", "refused")
          .put("code", refused.code().code())
          .put("detail", refused.detail());
    }
    return json.put("outcome", "skipped").put("detail", "There is nothing left to look at");
  }
}
