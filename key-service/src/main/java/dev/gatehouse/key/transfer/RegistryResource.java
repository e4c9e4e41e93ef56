package dev.gatehouse.key.transfer;

import static dev.gatehouse.key.body.Fields.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.key.body.Fields;
import dev.gatehouse.key.body.TokenMaterial;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** All that is trusted, for moving to another instance; for operators. */
@Path(RegistryResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class RegistryResource {

  static final String PATH = "/api/v1/registry/keys";

  /** The most entries of one import, which is one transaction. */
  static final int MAX_ENTRIES = 500;

  private final Transfer transfer;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  RegistryResource(Transfer transfer, WriteAnswers answers, CurrentCaller caller) {
    this.transfer = transfer;
    this.answers = answers;
    this.caller = caller;
  }

  @GET
  public Uni<RegistryPage> export(
      @RestQuery @Nullable String limit, @RestQuery @Nullable String cursor) {
    return transfer.export(caller.get(), PageRequest.parse(limit, cursor));
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<Imported>> store(
      @Nullable String body, @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return transfer
        .store(caller.get(), entries(body))
        .flatMap(imported -> answer(imported, patience));
  }

  private Uni<RestResponse<Imported>> answer(Imported imported, Optional<Wait> patience) {
    return imported
        .revision()
        .map(
            revision ->
                answers
                    .answer(revision, patience, 200, imported::missing)
                    .map(ResponseBuilder::build))
        .orElseGet(() -> Uni.createFrom().item(RestResponse.ok(imported)));
  }

  private static List<JsonNode> entries(@Nullable String body) {
    TokenMaterial.refuseIn(body);
    JsonNode entries =
        Fields.of(body, "an import", List.of("entries"))
            .value("entries")
            .filter(JsonNode::isArray)
            .filter(list -> !list.isEmpty() && list.size() <= MAX_ENTRIES)
            .orElseThrow(() -> invalid("entries is a list of 1 to " + MAX_ENTRIES + " entries"));
    List<JsonNode> all = new ArrayList<>(entries.size());
    entries.forEach(all::add);
    return all;
  }
}
