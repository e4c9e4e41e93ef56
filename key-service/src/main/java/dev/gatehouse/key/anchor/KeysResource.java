package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.OpstraceKeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
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
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Trust anchors over HTTP. */
@Path(KeysResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
public class KeysResource {

  static final String PATH = "/api/v1/keys";

  private final Anchors anchors;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  KeysResource(Anchors anchors, WriteAnswers answers, CurrentCaller caller) {
    this.anchors = anchors;
    this.answers = answers;
    this.caller = caller;
  }

  /** Takes the body as text, so that no private key passes through the framework's reader. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<AddedView>> add(
      @Nullable String body,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    AnchorUpload upload = AnchorUpload.parse(body, Instant.now());
    return anchors
        .add(caller.get(), upload, key, body == null ? "" : body)
        .flatMap(
            added ->
                answers
                    .answer(
                        new Revision(added.revision()),
                        patience,
                        201,
                        missing -> AddedView.of(added, missing))
                    .map(response -> response.location(location(added)).build()));
  }

  @GET
  public Uni<KeyPage> list(
      @RestQuery @Nullable String owner,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    PageRequest page = PageRequest.parse(limit, cursor);
    return anchors.list(caller.get(), owner(owner), page).map(found -> KeyPage.of(found, page));
  }

  @GET
  @Path("/{id}")
  public Uni<RestResponse<KeyView>> show(@RestPath String id, @RestQuery @Nullable String owner) {
    return anchors
        .find(caller.get(), checked(id), owner(owner))
        .map(found -> WriteAnswers.tagged(found.revision(), 200, KeyView.of(found)).build());
  }

  @DELETE
  @Path("/{id}")
  public Uni<RestResponse<RemovedView>> remove(
      @RestPath String id,
      @RestQuery @Nullable String owner,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return anchors
        .remove(caller.get(), checked(id), owner(owner), ifMatch)
        .flatMap(
            removed ->
                answers.answer(
                    removed.revision(), patience, 200, missing -> RemovedView.of(removed, missing)))
        .map(ResponseBuilder::build);
  }

  /** The key itself; several have only their list in common. */
  private static URI location(Anchors.Added added) {
    return URI.create(added.keys().size() == 1 ? PATH + "/" + added.keys().get(0).id() : PATH);
  }

  static Optional<Reach> owner(@Nullable String text) {
    return Optional.ofNullable(text).map(Reach::parse);
  }

  static String checked(String id) {
    if (!KeyId.isThumbprint(id) && !OpstraceKeyId.isHexSha1(id)) {
      throw AnchorRights.notFound();
    }
    return id;
  }
}
