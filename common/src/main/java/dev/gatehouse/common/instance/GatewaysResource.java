package dev.gatehouse.common.instance;

import dev.gatehouse.common.audit.Audit;
import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import dev.gatehouse.common.feed.server.Gateway;
import dev.gatehouse.common.feed.server.Gateways;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** Which gateways follow this service; one that is gone for good is removed by an operator. */
@Path("/api/v1/gateways")
@Produces(MediaType.APPLICATION_JSON)
public class GatewaysResource {

  private final Gateways gateways;
  private final Database database;
  private final Audit audit;
  private final CurrentCaller caller;
  private final String service;

  GatewaysResource(
      Gateways gateways,
      Database database,
      Audit audit,
      CurrentCaller caller,
      FeedConfiguration feed) {
    this.gateways = gateways;
    this.database = database;
    this.audit = audit;
    this.caller = caller;
    this.service = feed.name();
  }

  @GET
  public Uni<GatewayList> list() {
    require(Act.SEE);
    return gateways.list().map(it -> new GatewayList(service, it.head(), it.gateways()));
  }

  @DELETE
  @Path("/{id}")
  public Uni<RemovedGateway> remove(@RestPath String id) {
    require(Act.REMOVE);
    Caller operator = caller.get();
    return database.transaction(
        () ->
            gateways
                .remove(id)
                .map(name -> new RemovedGateway(id, name.orElseThrow(GatewaysResource::unknown)))
                .call(removed -> audit.record(operator, entry(removed))));
  }

  private void require(Act act) {
    Permissions.require(caller.get(), act, new Target.OfInstance(), GatewaysResource::unknown);
  }

  private static AuditDraft entry(RemovedGateway gateway) {
    return AuditDraft.removed(
        Reach.EVERYTHING, "gateway.remove", "/api/v1/gateways/" + gateway.id(), gateway);
  }

  private static NotFound unknown() {
    return new NotFound(ErrorCode.GATEWAY_NOT_FOUND, "There is no such gateway");
  }

  /**
   * The gateways of one service.
   *
   * @param head the newest revision
   */
  public record GatewayList(String service, long head, List<Gateway> gateways) {
    public GatewayList {
      gateways = List.copyOf(gateways);
    }
  }

  /** A gateway that is forgotten. */
  public record RemovedGateway(String id, String name) {}
}
