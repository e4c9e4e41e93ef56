package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.AcceptedEpoch;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.FeedJson;
import dev.gatehouse.common.name.Reach;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The feed, for the gateways. Only machine clients that speak for every tenant may follow it. */
@Path("/internal/v1")
public class ChangesResource {

  private final FeedPages pages;
  private final Watchers watchers;
  private final Acceptance acceptance;
  private final CurrentCaller caller;
  private final RoutingContext request;

  ChangesResource(
      FeedPages pages,
      Watchers watchers,
      Acceptance acceptance,
      CurrentCaller caller,
      RoutingContext request) {
    this.pages = pages;
    this.watchers = watchers;
    this.acceptance = acceptance;
    this.caller = caller;
    this.request = request;
  }

  @GET
  @Path("/changes")
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<String> changes(
      @RestQuery @DefaultValue("0") String since,
      @RestQuery @Nullable String epoch,
      @RestQuery @Nullable String hash,
      @RestQuery @Nullable String watcher,
      @RestQuery @Nullable String predecessor,
      @RestQuery @DefaultValue(Watcher.GATEWAY) String kind,
      @RestQuery @Nullable String name,
      @RestQuery("max-staleness") @Nullable String maxStaleness,
      @RestQuery @DefaultValue("25s") String wait) {
    requireEverything();
    String id = Optional.ofNullable(watcher).orElseThrow(() -> invalid("watcher is missing"));
    Watcher asking =
        new Watcher(
            id,
            kind,
            Optional.ofNullable(name).orElse(id),
            Optional.ofNullable(predecessor),
            Optional.ofNullable(maxStaleness).map(ChangesResource::duration));
    Question question =
        new Question(
            asking,
            revision(since),
            Optional.ofNullable(epoch).map(ChangesResource::epoch),
            Optional.ofNullable(hash).map(ChangesResource::hash),
            Wait.parse(wait));
    return pages
        .answer(question)
        .map(FeedJson::write)
        .onFailure(Conflict.class)
        .call(() -> acceptance.markFor(question).invoke(this::addMark));
  }

  @DELETE
  @Path("/watchers/{id}")
  @ResponseStatus(204)
  public Uni<Void> goodbye(@RestPath String id) {
    requireEverything();
    Watcher.checkId("watcher", id);
    return watchers.goodbye(id);
  }

  private void addMark(Optional<String> mark) {
    mark.ifPresent(value -> request.response().putHeader(AcceptedEpoch.HEADER, value));
  }

  private void requireEverything() {
    if (!caller.get().reach().equals(Reach.EVERYTHING)) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "The feed is for callers that reach every tenant");
    }
  }

  private static long revision(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalid("since is a revision, from 0");
    }
  }

  private static UUID epoch(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw invalid("epoch is a UUID");
    }
  }

  private static FeedHash hash(String text) {
    try {
      return new FeedHash(text);
    } catch (IllegalArgumentException e) {
      throw invalid("hash has 64 lower-case hex digits");
    }
  }

  private static Duration duration(String text) {
    return Wait.parseDuration(text)
        .orElseThrow(() -> invalid("max-staleness is a duration such as PT15M or 15m"));
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
