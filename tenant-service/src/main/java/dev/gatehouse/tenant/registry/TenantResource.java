package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.RequestBody;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Verdict;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** One registered tenant over HTTP. */
@Path(TenantsResource.PATH + "/{tenant}")
@Produces(MediaType.APPLICATION_JSON)
public class TenantResource {

  private final Registry registry;
  private final Admission admission;
  private final WriteAnswers answers;

  TenantResource(Registry registry, Admission admission, WriteAnswers answers) {
    this.registry = registry;
    this.admission = admission;
    this.answers = answers;
  }

  @GET
  public Uni<RestResponse<TenantView>> show(@RestPath String tenant) {
    TenantId name = new TenantId(tenant);
    Verdict verdict = admission.requireSight(name);
    return registry
        .get(name)
        .map(
            found ->
                verdict instanceof Verdict.NameOnly
                    ? RestResponse.ok(TenantView.byName(found))
                    : WriteAnswers.tagged(found.revision(), 200, TenantView.of(found)).build());
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, TenantPatch.MEDIA_TYPE})
  public Uni<RestResponse<TenantView>> change(
      @RestPath String tenant,
      @Nullable TenantPatch body,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    TenantId name = new TenantId(tenant);
    TenantPatch patch = RequestBody.required(body);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Caller changer = admission.requireWrite(Act.CHANGE, name);
    return registry
        .change(changer, name, patch, ifMatch)
        .flatMap(changed -> answers.answer(changed.lastChange(), patience, 200, changed::missing))
        .map(ResponseBuilder::build);
  }

  @DELETE
  public Uni<RestResponse<RemovedView>> remove(
      @RestPath String tenant,
      @RestQuery @DefaultValue("false") String recursive,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    TenantId name = new TenantId(tenant);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Caller remover = admission.requireWrite(Act.REMOVE, name);
    return registry
        .remove(remover, name, recursive.equals("true"), ifMatch)
        .flatMap(
            removed ->
                answers.answer(
                    removed.revision(), patience, 200, missing -> RemovedView.of(removed, missing)))
        .map(ResponseBuilder::build);
  }
}
