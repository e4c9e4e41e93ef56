package dev.gatehouse.tenant.registry;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.error.RequestBody;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Export and import of the registry, for operators. */
@Path(RegistryTransferResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class RegistryTransferResource {

  static final String PATH = "/api/v1/registry/tenants";

  private final Transfers transfers;
  private final Admission admission;
  private final WriteAnswers answers;

  RegistryTransferResource(Transfers transfers, Admission admission, WriteAnswers answers) {
    this.transfers = transfers;
    this.admission = admission;
    this.answers = answers;
  }

  @GET
  public Uni<RegistryPage> export(
      @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    PageRequest page = PageRequest.parse(limit, cursor);
    admission.requireOperator(Act.SEE);
    return transfers.export(page).map(found -> RegistryPage.of(found, page));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<Imported>> load(
      @Nullable RegistryBatch body, @RestQuery @Nullable String wait) {
    RegistryBatch batch = RequestBody.required(body);
    Optional<Wait> patience = Wait.parseOptional(wait);
    Caller importer = admission.requireOperator(Act.ADD);
    return transfers
        .load(importer, batch)
        .flatMap(imported -> answer(imported, patience))
        .map(ResponseBuilder::build);
  }

  private Uni<ResponseBuilder<Imported>> answer(Imported imported, Optional<Wait> patience) {
    Optional<Revision> revision = imported.revision();
    return revision.isPresent()
        ? answers.answer(revision.get(), patience, 200, imported::missing)
        : Uni.createFrom().item(ResponseBuilder.ok(imported));
  }
}
