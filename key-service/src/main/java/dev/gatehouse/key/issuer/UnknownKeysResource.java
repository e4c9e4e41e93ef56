package dev.gatehouse.key.issuer;

import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.NotFound;
import dev.gatehouse.common.name.Reach;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Where gateways report a key id that none of the issuer's known keys has. */
@Path("/internal/v1/issuers")
public class UnknownKeysResource {

  private final UnknownKeys unknownKeys;
  private final CurrentCaller caller;

  UnknownKeysResource(UnknownKeys unknownKeys, CurrentCaller caller) {
    this.unknownKeys = unknownKeys;
    this.caller = caller;
  }

  /** Answers when the feed, at the revision given, tells whether there is such a key. */
  @POST
  @Path("/{id}/unknown-key")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces(MediaType.APPLICATION_JSON)
  public Uni<Settled> unknownKey(@RestPath String id, @Nullable Report report) {
    if (!caller.get().reach().equals(Reach.EVERYTHING)) {
      throw new Forbidden(ErrorCode.NOT_ALLOWED, "Reports are for callers that reach every tenant");
    }
    return unknownKeys.settle(issuer(id), kid(report)).map(Settled::new);
  }

  private static UUID issuer(String id) {
    try {
      return UUID.fromString(id);
    } catch (IllegalArgumentException e) {
      throw new NotFound(ErrorCode.ISSUER_NOT_FOUND, "There is no such issuer");
    }
  }

  private static String kid(@Nullable Report report) {
    String kid = report == null || report.kid() == null ? "" : report.kid();
    if (kid.isEmpty() || kid.length() > Jwks.MAX_KID_LENGTH) {
      throw new Invalid(
          ErrorCode.FIELD_INVALID, "kid has 1 to " + Jwks.MAX_KID_LENGTH + " characters");
    }
    return kid;
  }

  /** A key id, as it stands in a token's header. */
  public record Report(@Nullable String kid) {}

  /** The change of the feed from which on the answer is final. */
  public record Settled(long revision) {}
}
