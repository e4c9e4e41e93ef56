package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.RequestBody;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** The registry of tenants over HTTP. */
@Path("/api/v1/tenants")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Tenants")
public class TenantsResource {

  private final Registry registry;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  TenantsResource(Registry registry, WriteAnswers answers, CurrentCaller caller) {
    this.registry = registry;
    this.answers = answers;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Register a tenant: 201, or 202 while gateways are missing")
  public Uni<RestResponse<TenantView>> create(
      @Nullable NewTenant body, @RestQuery @Nullable String wait) {
    NewTenant wanted = RequestBody.required(body);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Access.requireCreation(caller.get(), wanted.name());
    wanted.orgId().ifPresent(orgId -> Access.requireChoiceOfOrgId(caller.get()));
    return registry
        .create(wanted)
        .flatMap(
            tenant ->
                answers
                    .answer(
                        tenant.revision(), patience, 201, missing -> TenantView.of(tenant, missing))
                    .map(
                        response ->
                            response.header(HttpHeaders.LOCATION, location(tenant)).build()));
  }

  @GET
  @Operation(summary = "List the tenants that the caller reaches, sorted by name")
  public Uni<TenantPage> list(
      @RestQuery @DefaultValue("") String prefix,
      @RestQuery @Nullable String status,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    Access.requireList(caller.get());
    PageRequest page = PageRequest.parse(limit, cursor);
    TenantFilter filter =
        new TenantFilter(
            caller.get().reach(), prefix, Optional.ofNullable(status).map(TenantPatch::status));
    return registry.list(filter, page).map(found -> TenantPage.of(found, page));
  }

  @GET
  @Path("/{tenant}")
  @Operation(summary = "Show a tenant; of one's ancestors only the name")
  public Uni<RestResponse<TenantView>> show(@RestPath String tenant) {
    TenantId name = new TenantId(tenant);
    Access.Sight sight = Access.requireSight(caller.get(), name);
    return registry
        .get(name)
        .map(
            found ->
                sight == Access.Sight.ALL
                    ? WriteAnswers.tagged(found.revision(), 200, TenantView.of(found)).build()
                    : RestResponse.ok(TenantView.byName(found)));
  }

  @PATCH
  @Path("/{tenant}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(summary = "Change the display name, suspend or resume")
  public Uni<RestResponse<TenantView>> change(
      @RestPath String tenant,
      @Nullable TenantPatch body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    TenantId name = new TenantId(tenant);
    TenantPatch patch = RequestBody.required(body);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Access.requireChange(caller.get(), name);
    return registry
        .change(name, patch, ifMatch)
        .flatMap(
            changed ->
                answers.answer(
                    changed.revision(), patience, 200, missing -> TenantView.of(changed, missing)))
        .map(ResponseBuilder::build);
  }

  @DELETE
  @Path("/{tenant}")
  @Operation(summary = "Remove a tenant, with recursive=true those nested in it as well")
  public Uni<RestResponse<RemovedView>> remove(
      @RestPath String tenant,
      @RestQuery @DefaultValue("false") String recursive,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    TenantId name = new TenantId(tenant);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Access.requireChange(caller.get(), name);
    return registry
        .remove(name, recursive.equals("true"), ifMatch)
        .flatMap(
            removed ->
                answers.answer(
                    removed.revision(), patience, 200, missing -> RemovedView.of(removed, missing)))
        .map(ResponseBuilder::build);
  }

  /** Relative (RFC 9110 §10.2.2), because only the gateway knows under which host it is called. */
  private static String location(Tenant tenant) {
    return "/api/v1/tenants/" + tenant.name;
  }
}
