package dev.gatehouse.common.audit;

import dev.gatehouse.common.caller.Caller;
import dev.gatehouse.common.name.Reach;
import java.util.Optional;

/** What somebody did, or was refused; an entry that has no number and no time yet. */
record Deed(
    Reach tenant,
    String action,
    String resource,
    Outcome outcome,
    Optional<String> code,
    Actor actor,
    String client,
    String requestId,
    Optional<Object> before,
    Optional<Object> after) {

  static Deed done(Caller caller, String requestId, AuditDraft draft) {
    return new Deed(
        draft.tenant(),
        draft.action(),
        draft.resource(),
        Outcome.done,
        Optional.empty(),
        Actor.of(caller),
        caller.client(),
        requestId,
        draft.before(),
        draft.after());
  }

  AuditContent numbered(String service, long sequence, String at) {
    return new AuditContent(
        service, sequence, at, tenant, action, resource, outcome, code, actor, client, requestId,
        before, after);
  }
}
