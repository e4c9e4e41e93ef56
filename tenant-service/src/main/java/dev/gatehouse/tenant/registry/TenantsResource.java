package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.RequestBody;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The registry of tenants over HTTP. */
@Path(TenantsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class TenantsResource {

  static final String PATH = "/api/v1/tenants";

  private final Registry registry;
  private final Admission admission;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  TenantsResource(
      Registry registry, Admission admission, WriteAnswers answers, CurrentCaller caller) {
    this.registry = registry;
    this.admission = admission;
    this.answers = answers;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<TenantView>> create(
      @Nullable NewTenant body,
      @HeaderParam(Idempotency.HEADER) @Nullable String idempotencyKey,
      @RestQuery @Nullable String wait,
      @Context RoutingContext request) {
    NewTenant wanted = RequestBody.required(body);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Caller creator = admission.requireWrite(Act.ADD, wanted.name());
    requireChoiceOfOrgId(creator, wanted);
    return registry
        .create(creator, wanted, idempotencyKey, request.body().asString())
        .flatMap(
            tenant ->
                answers
                    .answer(tenant.lastChange(), patience, 201, tenant::missing)
                    .map(
                        response ->
                            response.header(HttpHeaders.LOCATION, location(tenant)).build()));
  }

  @GET
  public Uni<TenantPage> list(
      @RestQuery @DefaultValue("") String prefix,
      @RestQuery @Nullable String status,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    Reach reach = caller.get().reach();
    admission.requireSight(reach.top().orElse(TenantId.DEFAULT));
    PageRequest page = PageRequest.parse(limit, cursor);
    TenantFilter filter =
        new TenantFilter(reach, prefix, Optional.ofNullable(status).map(TenantPatch::status));
    return registry.list(filter, page).map(found -> TenantPage.of(found, page, reach));
  }

  /** An organisation id of one's own choice could name the data of anybody. */
  private static void requireChoiceOfOrgId(Caller caller, NewTenant wanted) {
    if (wanted.orgId().isPresent() && !caller.isOperator()) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "Only an operator may choose an organisation id");
    }
  }

  /** Relative (RFC 9110 §10.2.2), because only the gateway knows under which host it is called. */
  private static String location(TenantView tenant) {
    return PATH + "/" + tenant.name();
  }
}
