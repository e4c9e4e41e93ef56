package dev.gatehouse.key.revocation;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.feed.RevocationEntry;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.key.body.Fields;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Revocations over HTTP. */
@Path(RevocationsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class RevocationsResource {

  static final String PATH = "/api/v1/revocations";

  private final Revocations revocations;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  RevocationsResource(Revocations revocations, WriteAnswers answers, CurrentCaller caller) {
    this.revocations = revocations;
    this.answers = answers;
    this.caller = caller;
  }

  /** Takes the body as text, so that no token passes through the framework's reader. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<RevocationView>> add(
      @Nullable String body,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    NewRevocation wanted = NewRevocation.parse(body, Instant.now());
    return revocations
        .add(caller.get(), wanted, key, body == null ? "" : body)
        .flatMap(
            view ->
                answers
                    .answer(new Revision(view.revision()), patience, 201, view::missing)
                    .map(response -> response.location(location(view)).build()));
  }

  @GET
  public Uni<RevocationPage> list(
      @RestQuery @Nullable String owner,
      @RestQuery @Nullable String type,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    PageRequest page = PageRequest.parse(limit, cursor);
    return revocations
        .list(
            caller.get(),
            Optional.ofNullable(owner).map(Reach::parse),
            Optional.ofNullable(type).map(RevocationsResource::type),
            page)
        .map(found -> RevocationPage.of(found, page));
  }

  @GET
  @Path("/{id}")
  public Uni<RestResponse<RevocationView>> show(@RestPath String id) {
    return revocations
        .find(caller.get(), uuid(id))
        .map(found -> WriteAnswers.tagged(found.revision(), 200, RevocationView.of(found)).build());
  }

  @DELETE
  @Path("/{id}")
  public Uni<RestResponse<RemovedView>> remove(
      @RestPath String id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return revocations
        .remove(caller.get(), uuid(id), ifMatch)
        .flatMap(
            removed ->
                answers.answer(
                    removed.revision(),
                    patience,
                    200,
                    missing ->
                        new RemovedView(
                            removed.id(), removed.owner(), removed.revision(), missing)))
        .map(ResponseBuilder::build);
  }

  private static URI location(RevocationView view) {
    return URI.create(PATH + "/" + view.id());
  }

  static RevocationEntry.Type type(String text) {
    return Arrays.stream(RevocationEntry.Type.values())
        .filter(type -> type.text().equals(text))
        .findFirst()
        .orElseThrow(() -> Fields.invalid("type is jti, subject, token_hash, tenant or issuer"));
  }

  private static UUID uuid(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw Revocations.notFound();
    }
  }
}
