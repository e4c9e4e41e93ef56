package dev.gatehouse.common.instance;

import dev.gatehouse.common.audit.Audit;
import dev.gatehouse.common.audit.AuditDraft;
import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.database.Database;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.FeedHash;
import dev.gatehouse.common.feed.server.Acceptance;
import dev.gatehouse.common.feed.server.AcceptedHistory;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The feed of this service, after a restore. */
@Path("/api/v1/feeds")
@Produces(MediaType.APPLICATION_JSON)
public class FeedsResource {

  private final Acceptance acceptance;
  private final Database database;
  private final Audit audit;
  private final CurrentCaller caller;

  FeedsResource(Acceptance acceptance, Database database, Audit audit, CurrentCaller caller) {
    this.acceptance = acceptance;
    this.database = database;
    this.audit = audit;
    this.caller = caller;
  }

  @POST
  @Path("/accept")
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<AcceptedHistory> accept(@Nullable Shown body) {
    Caller operator = caller.get();
    Permissions.require(operator, Act.CHANGE, new Target.OfInstance(), FeedsResource::refused);
    Optional<FeedHash> shown =
        body == null ? Optional.empty() : body.hash().map(FeedsResource::hash);
    return database.transaction(
        () -> acceptance.accept(shown).call(accepted -> audit.record(operator, entry(accepted))));
  }

  private static AuditDraft entry(AcceptedHistory accepted) {
    return AuditDraft.created(
        Reach.EVERYTHING, "feed.accept", "/api/v1/feeds/" + accepted.feed(), accepted);
  }

  private static FeedHash hash(String text) {
    try {
      return new FeedHash(text);
    } catch (IllegalArgumentException e) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "hash has 64 lower-case hex digits");
    }
  }

  private static Forbidden refused() {
    return new Forbidden(ErrorCode.NOT_ALLOWED, "This is for operators only");
  }

  /**
   * What the operator looked at.
   *
   * @param hash of the head of the feed; absent: whatever it is now
   */
  public record Shown(Optional<String> hash) {}
}
