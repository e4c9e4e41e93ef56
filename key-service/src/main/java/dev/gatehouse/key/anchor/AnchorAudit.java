package dev.gatehouse.key.anchor;

import dev.gatehouse.common.audit.AuditDraft;

/** What the audit says of a key; public keys are no secret. */
final class AnchorAudit {

  private AnchorAudit() {}

  static AuditDraft created(Anchor anchor) {
    return AuditDraft.created(
        anchor.ownerReach(), "key.create", anchor.resource(), KeyView.of(anchor));
  }

  static AuditDraft changed(String action, KeyView before, Anchor after) {
    return AuditDraft.changed(
        after.ownerReach(), action, after.resource(), before, KeyView.of(after));
  }

  static AuditDraft removed(Anchor anchor) {
    return AuditDraft.removed(
        anchor.ownerReach(), "key.remove", anchor.resource(), KeyView.of(anchor));
  }
}
