package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.NotFound;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.RestPath;

/** Who has applied a revision of this service. */
@Path("/api/v1/rollouts")
@Produces(MediaType.APPLICATION_JSON)
public class RolloutsResource {

  private final Receipts receipts;
  private final FeedTable table;
  private final FeedConfiguration configuration;

  RolloutsResource(Receipts receipts, FeedTable table, FeedConfiguration configuration) {
    this.receipts = receipts;
    this.table = table;
    this.configuration = configuration;
  }

  @GET
  @Path("/{service}/{revision}")
  public Uni<Rollout> rollout(@RestPath String service, @RestPath String revision) {
    if (!service.equals(configuration.name())) {
      throw new NotFound(ErrorCode.ROUTE_UNKNOWN, "This service is called " + configuration.name());
    }
    long number = parse(revision);
    return table
        .at(number)
        .invoke(point -> requireExisting(number, point.head()))
        .chain(() -> receipts.now(new Revision(number)))
        .map(receipt -> new Rollout(service, receipt));
  }

  private static void requireExisting(long revision, FeedHead head) {
    if (revision > head.revision()) {
      throw unknown();
    }
  }

  private static long parse(String text) {
    try {
      long number = Long.parseLong(text);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unknown();
    }
    throw unknown();
  }

  private static NotFound unknown() {
    return new NotFound(ErrorCode.REVISION_UNKNOWN, "There is no such revision");
  }

  /** The state of one revision. */
  public record Rollout(
      String service,
      Revision revision,
      boolean complete,
      List<String> applied,
      List<String> missing) {

    Rollout(String service, Receipt receipt) {
      this(service, receipt.revision(), receipt.complete(), receipt.applied(), receipt.missing());
    }

    public Rollout {
      applied = List.copyOf(applied);
      missing = List.copyOf(missing);
    }
  }
}
