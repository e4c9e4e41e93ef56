package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Records what is done, within the transaction that does it (see {@link
 * dev.gatehouse.common.database.Database#transaction}): an entry is there exactly if what it tells
 * of is.
 */
@ApplicationScoped
public class Audit {

  private final AuditTable table;
  private final CurrentRequest request;

  Audit(AuditTable table, CurrentRequest request) {
    this.table = table;
    this.request = request;
  }

  /**
   * Records, in this order. The head of the log is locked until the transaction ends, so this comes
   * last; where the feed is appended to as well use {@link Writes#commit}, which keeps the order of
   * the two locks.
   */
  public Uni<Void> record(Caller caller, AuditDraft... drafts) {
    return record(caller, List.of(drafts));
  }

  /** As {@link #record(Caller, AuditDraft...)}. */
  public Uni<Void> record(Caller caller, List<AuditDraft> drafts) {
    if (drafts.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    String id = request.id();
    return table.append(drafts.stream().map(draft -> Deed.done(caller, id, draft)).toList());
  }
}
