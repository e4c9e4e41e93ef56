package dev.gatehouse.key.issuer;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.idempotency.Idempotency;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
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

/** Issuers over HTTP. */
@Path("/api/v1/issuers")
@Produces(MediaType.APPLICATION_JSON)
public class IssuersResource {

  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final IssuerAddition addition;
  private final Issuers issuers;
  private final IssuerRefresh refresh;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  IssuersResource(
      IssuerAddition addition,
      Issuers issuers,
      IssuerRefresh refresh,
      WriteAnswers answers,
      CurrentCaller caller) {
    this.addition = addition;
    this.issuers = issuers;
    this.refresh = refresh;
    this.answers = answers;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<RestResponse<IssuerView>> add(
      @Nullable String body,
      @HeaderParam(Idempotency.HEADER) @Nullable String idempotencyKey,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return addition
        .add(caller.get(), body == null ? "" : body, idempotencyKey)
        .flatMap(
            added ->
                answer(added, patience, 201)
                    .map(response -> response.header(HttpHeaders.LOCATION, location(added))))
        .map(ResponseBuilder::build);
  }

  @GET
  public Uni<IssuerPage> list(
      @RestQuery @Nullable String owner,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    PageRequest page = PageRequest.parse(limit, cursor);
    return issuers.list(caller.get(), owner(owner), page).map(found -> IssuerPage.of(found, page));
  }

  @GET
  @Path("/{name}")
  public Uni<RestResponse<IssuerView>> show(
      @RestPath String name, @RestQuery @Nullable String owner) {
    return issuers
        .find(caller.get(), Act.SEE, name(name), owner(owner))
        .map(found -> WriteAnswers.tagged(found.revision(), 200, IssuerView.of(found)).build());
  }

  @PATCH
  @Path("/{name}")
  @Consumes({MediaType.APPLICATION_JSON, MERGE_PATCH})
  public Uni<RestResponse<IssuerView>> change(
      @RestPath String name,
      @Nullable String body,
      @RestQuery @Nullable String owner,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return issuers
        .change(caller.get(), name(name), owner(owner), Fields.object(body, Terms.FIELDS), ifMatch)
        .flatMap(changed -> answer(changed, patience, 200))
        .map(ResponseBuilder::build);
  }

  @DELETE
  @Path("/{name}")
  public Uni<RestResponse<RemovedIssuer>> remove(
      @RestPath String name,
      @RestQuery @Nullable String owner,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return issuers
        .remove(caller.get(), name(name), owner(owner), ifMatch)
        .flatMap(removed -> answers.answer(removed.revision(), patience, 200, removed::withMissing))
        .map(ResponseBuilder::build);
  }

  @POST
  @Path("/{name}/refresh")
  public Uni<RestResponse<IssuerView>> refresh(
      @RestPath String name, @RestQuery @Nullable String owner, @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    return refresh
        .now(caller.get(), name(name), owner(owner))
        .flatMap(fetched -> answer(fetched, patience, 200))
        .map(ResponseBuilder::build);
  }

  private Uni<ResponseBuilder<IssuerView>> answer(
      IssuerView issuer, Optional<Wait> patience, int status) {
    return answers.answer(new Revision(issuer.revision()), patience, status, issuer::withMissing);
  }

  /** Relative (RFC 9110 §10.2.2), because only the gateway knows under which host it is called. */
  private static String location(IssuerView issuer) {
    return "/api/v1/issuers/" + issuer.name() + "?owner=" + issuer.owner();
  }

  private static Optional<Reach> owner(@Nullable String text) {
    return Optional.ofNullable(text).map(Reach::parse);
  }

  private static IssuerName name(String text) {
    if (!IssuerName.isLegal(text)) {
      throw IssuerChoice.notFound();
    }
    return new IssuerName(text);
  }
}
