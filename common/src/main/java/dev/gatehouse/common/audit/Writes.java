package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.feed.server.Draft;
import dev.gatehouse.common.feed.server.Feed;
import dev.gatehouse.common.feed.server.Revision;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How every write ends: what the gateways are told, and what the audit log says of it. */
@ApplicationScoped
public class Writes {

  private final Feed feed;
  private final Audit audit;

  Writes(Feed feed, Audit audit) {
    this.feed = feed;
    this.audit = audit;
  }

  /**
   * Appends to the feed, then to the audit log, and returns the revision of the last change. The
   * heads of both are locked until the transaction ends, always in this order; so this comes last.
   *
   * @param changes at least one
   */
  public Uni<Revision> commit(Caller caller, List<Draft> changes, List<AuditDraft> entries) {
    return feed.append(changes).call(() -> audit.record(caller, entries));
  }
}
