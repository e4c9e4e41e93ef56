package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** What happens to a trust anchor between its coming and its going. */
@Path(KeysResource.PATH + "/{id}")
@Produces(MediaType.APPLICATION_JSON)
public class KeyLifeResource {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final AnchorLife life;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  KeyLifeResource(AnchorLife life, WriteAnswers answers, CurrentCaller caller) {
    this.life = life;
    this.answers = answers;
    this.caller = caller;
  }

  @PATCH
  @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
  public Uni<RestResponse<KeyView>> change(
      @RestPath String id,
      @Nullable String body,
      @RestQuery @Nullable String owner,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    AnchorPatch patch = AnchorPatch.parse(body, Instant.now());
    return answer(life.patch(caller.get(), meant(id, owner, ifMatch), patch), patience);
  }

  @POST
  @Path("/not-before")
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<KeyView>> refuseBefore(
      @RestPath String id,
      @Nullable String body,
      @RestQuery @Nullable String owner,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    NotBefore notBefore = NotBefore.parse(body, Instant.now());
    return answer(life.refuseBefore(caller.get(), meant(id, owner, ifMatch), notBefore), patience);
  }

  private static AnchorLife.Meant meant(
      String id, @Nullable String owner, @Nullable String ifMatch) {
    return new AnchorLife.Meant(KeysResource.checked(id), KeysResource.owner(owner), ifMatch);
  }

  private Uni<RestResponse<KeyView>> answer(Uni<KeyView> changed, Optional<Wait> patience) {
    return changed
        .flatMap(key -> answers.answer(new Revision(key.revision()), patience, 200, key::missing))
        .map(ResponseBuilder::build);
  }
}
