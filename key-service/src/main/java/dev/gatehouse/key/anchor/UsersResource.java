package dev.gatehouse.key.anchor;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.feed.server.Revision;
import dev.gatehouse.common.feed.server.Wait;
import dev.gatehouse.common.feed.server.WriteAnswers;
import dev.gatehouse.common.name.Username;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Users, of whom only their personal keys are known here. */
@Path("/api/v1/users/{issuer}/{username}")
@Produces(MediaType.APPLICATION_JSON)
public class UsersResource {

  private final PersonalKeys keys;
  private final WriteAnswers answers;
  private final CurrentCaller caller;

  UsersResource(PersonalKeys keys, WriteAnswers answers, CurrentCaller caller) {
    this.keys = keys;
    this.answers = answers;
    this.caller = caller;
  }

  @DELETE
  public Uni<RestResponse<RemovedUser>> remove(
      @RestPath String issuer,
      @RestPath String username,
      @RestQuery @Nullable String owner,
      @RestQuery @Nullable String wait) {
    Optional<Wait> patience = Wait.parseOptional(wait);
    Username user = new Username(username);
    return keys.removeOf(caller.get(), issuer, KeysResource.owner(owner), user)
        .flatMap(removed -> answer(issuer, user, removed, patience));
  }

  private Uni<RestResponse<RemovedUser>> answer(
      String issuer, Username user, PersonalKeys.Removed removed, Optional<Wait> patience) {
    if (removed.revision().isEmpty()) {
      return Uni.createFrom().item(RestResponse.ok(view(issuer, user, removed, Optional.empty())));
    }
    return answers
        .answer(
            removed.revision().get(),
            patience,
            200,
            missing -> view(issuer, user, removed, missing))
        .map(ResponseBuilder::build);
  }

  private static RemovedUser view(
      String issuer, Username user, PersonalKeys.Removed removed, Optional<List<String>> missing) {
    return new RemovedUser(issuer, user, removed.keys(), removed.revision(), missing);
  }

  /**
   * What was removed.
   *
   * @param revision absent when the user had no keys
   * @param missing the gateways that have not applied it yet, where that was asked for
   */
  public record RemovedUser(
      String issuer,
      Username username,
      List<String> removedKeys,
      Optional<Revision> revision,
      Optional<List<String>> missing) {

    public RemovedUser {
      removedKeys = List.copyOf(removedKeys);
      missing = missing.map(List::copyOf);
    }
  }
}
