package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.RequestBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Management calls that the gateways refused before they came here. */
@Path("/internal/v1/audit/refusals")
public class RefusalsResource {

  private static final int MAX_ENTRIES = 1_000;

  private final Refusals refusals;
  private final CurrentCaller caller;

  RefusalsResource(Refusals refusals, CurrentCaller caller) {
    this.refusals = refusals;
    this.caller = caller;
  }

  /** Answers at once; they are recorded afterwards, within the same bounds as our own. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @ResponseStatus(204)
  public void report(@Nullable Report body) {
    if (!caller.get().isOperator()) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "Reports are for callers that reach every tenant");
    }
    RequestBody.required(body).entries().forEach(entry -> refusals.offer(entry.deed()));
  }

  /** At most {@value #MAX_ENTRIES} refusals, the oldest first. */
  public record Report(List<ReportedRefusal> entries) {
    public Report {
      if (entries == null || entries.size() > MAX_ENTRIES) {
        throw new Invalid(
            ErrorCode.FIELD_INVALID, "entries is a list of at most " + MAX_ENTRIES + " refusals");
      }
      entries = List.copyOf(entries);
    }
  }
}
