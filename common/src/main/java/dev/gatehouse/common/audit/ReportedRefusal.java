package dev.gatehouse.common.audit;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A management call that a gateway has refused by itself.
 *
 * @param tenant whom it is about
 * @param action the method
 * @param resource the path, without the query
 * @param code why
 * @param client an address as text
 * @param requestId under which the gateway has answered
 */
public record ReportedRefusal(
    Reach tenant,
    String action,
    String resource,
    String code,
    Actor actor,
    String client,
    String requestId) {

  private static final Pattern METHOD = Pattern.compile("[A-Z]{1,16}");
  private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");
  private static final Pattern CLIENT = Pattern.compile("[0-9A-Za-z.:%_-]{1,64}");
  private static final Pattern REQUEST_ID = Pattern.compile("[0-9A-Za-z._-]{1,64}");
  private static final Pattern MEANS = Pattern.compile("[a-z-]{1,20}");
  private static final Pattern KEY = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  public ReportedRefusal {
    require("tenant", tenant != null);
    require("action", action != null && METHOD.matcher(action).matches());
    require("resource", resource != null && resource.startsWith("/"));
    require("code", code != null && CODE.matcher(code).matches());
    require("client", client != null && CLIENT.matcher(client).matches());
    require("requestId", requestId != null && REQUEST_ID.matcher(requestId).matches());
    require("actor", actor != null && actor.tenant() != null && actor.means() != null);
    require("means", MEANS.matcher(actor.means()).matches());
    require("key", actor.key().filter(it -> !KEY.matcher(it).matches()).isEmpty());
  }

  Deed deed() {
    return new Deed(
        tenant,
        action,
        RefusedCalls.resource(resource),
        Outcome.refused,
        Optional.of(code),
        actor,
        client,
        requestId,
        Optional.empty(),
        Optional.empty());
  }

  private static void require(String field, boolean holds) {
    if (!holds) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "The field " + field + " of a refusal is wrong");
    }
  }
}
