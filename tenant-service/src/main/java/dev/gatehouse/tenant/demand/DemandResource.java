package dev.gatehouse.tenant.demand;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.RequestBody;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Where gateways say what tenants ask of them, and hear how much of the limits is theirs. */
@Path("/internal/v1/demand")
public class DemandResource {

  private final DemandDesk desk;
  private final CurrentCaller caller;

  DemandResource(DemandDesk desk, CurrentCaller caller) {
    this.desk = desk;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<SharesView> report(@Nullable DemandReport body) {
    if (!caller.get().isOperator()) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "Reports are for callers that reach every tenant");
    }
    return desk.take(RequestBody.required(body));
  }
}
