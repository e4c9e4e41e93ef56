package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.caller.CurrentCaller;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Forbidden;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.error.RequestBody;
import dev.gatehouse.common.feed.server.FeedConfiguration;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.page.PageRequest;
import dev.gatehouse.common.permission.Act;
import dev.gatehouse.common.permission.Permissions;
import dev.gatehouse.common.permission.Target;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The audit log of this service over HTTP. */
@Path("/api/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private final AuditReading log;
  private final Verification verification;
  private final Pruning pruning;
  private final CurrentCaller caller;
  private final String service;

  AuditResource(
      AuditReading log,
      Verification verification,
      Pruning pruning,
      CurrentCaller caller,
      FeedConfiguration feed) {
    this.log = log;
    this.verification = verification;
    this.pruning = pruning;
    this.caller = caller;
    this.service = feed.name();
  }

  @GET
  public Uni<AuditPage> list(
      @RestQuery @Nullable String tenant,
      @RestQuery @Nullable String actor,
      @RestQuery @Nullable String action,
      @RestQuery @Nullable String outcome,
      @RestQuery @Nullable String since,
      @RestQuery @Nullable String until,
      @RestQuery @Nullable String order,
      @RestQuery @Nullable String limit,
      @RestQuery @Nullable String cursor) {
    Reach within = tenant == null ? caller.get().reach() : Reach.parse(tenant);
    requireToRead(caller.get(), within);
    PageRequest page = PageRequest.parse(limit, cursor);
    AuditQuery query =
        new AuditQuery(
            within,
            text("actor", actor),
            text("action", action),
            Optional.ofNullable(outcome).map(AuditQuery::outcome),
            Optional.ofNullable(since).map(it -> AuditQuery.time("since", it)),
            Optional.ofNullable(until).map(it -> AuditQuery.time("until", it)),
            AuditQuery.isAscending(order),
            page);
    return log.list(query).map(found -> AuditPage.of(service, found, page));
  }

  @GET
  @Path("/verify")
  public Uni<Verified> verify(
      @RestQuery @Nullable String keptSequence, @RestQuery @Nullable String keptHash) {
    requireToRead(caller.get(), Reach.EVERYTHING);
    return verification.verify(kept(keptSequence, keptHash));
  }

  @POST
  @Path("/prune")
  @Consumes(MediaType.APPLICATION_JSON)
  public Uni<Pruned> prune(@Nullable PruneRequest body) {
    Caller operator = caller.get();
    Permissions.require(operator, Act.REMOVE, new Target.OfInstance(), AuditResource::forOperators);
    PruneRequest wanted = RequestBody.required(body);
    long through = wanted.through().filter(it -> it >= 1).orElseThrow(() -> sequence("through"));
    return pruning.prune(operator, through, wanted.hash().orElseThrow(AuditResource::hash));
  }

  private static void requireToRead(Caller caller, Reach within) {
    Permissions.require(
        caller,
        Act.SEE,
        new Target.OfAudit(within),
        () ->
            within.top().isEmpty()
                ? forOperators()
                : new Forbidden(
                    ErrorCode.TENANT_MISMATCH,
                    "The log is shown for your own tenant and those nested in it only"));
  }

  private static Optional<ChainWalk.Kept> kept(@Nullable String sequence, @Nullable String hash) {
    if (sequence == null && hash == null) {
      return Optional.empty();
    }
    if (sequence == null || hash == null) {
      throw new Invalid(ErrorCode.FIELD_INVALID, "keptSequence and keptHash belong together");
    }
    try {
      return Optional.of(new ChainWalk.Kept(Long.parseLong(sequence), hash));
    } catch (NumberFormatException e) {
      throw sequence("keptSequence");
    }
  }

  private static Optional<String> text(String parameter, @Nullable String value) {
    if (value != null && value.indexOf('\0') >= 0) {
      throw new Invalid(ErrorCode.FIELD_INVALID, parameter + " is printable text");
    }
    return Optional.ofNullable(value);
  }

  private static Invalid sequence(String field) {
    return new Invalid(ErrorCode.FIELD_INVALID, field + " is the sequence of an entry, from 1");
  }

  private static Invalid hash() {
    return new Invalid(ErrorCode.FIELD_INVALID, "hash is that of the entry through");
  }

  private static Forbidden forOperators() {
    return new Forbidden(ErrorCode.NOT_ALLOWED, "This is for operators only");
  }
}
