package dev.gatehouse.common.audit;

import dev.gatehouse.common.name.Reach;
import java.util.Optional;

/**
 * An entry of the audit log to be. Who, when, from where and under which request is added when it
 * is recorded.
 *
 * @param tenant whom it is about, and so who may read it: that tenant and those above; {@code *}:
 *     operators only
 * @param action what was done, such as {@code tenant.create}
 * @param resource the path of what it was done to, such as {@code /api/v1/tenants/acme}
 * @param before the object as its users saw it; written as JSON, so no secrets
 * @param after the object as its users see it now; written as JSON, so no secrets
 */
public record AuditDraft(
    Reach tenant, String action, String resource, Optional<Object> before, Optional<Object> after) {

  public static AuditDraft created(Reach tenant, String action, String resource, Object after) {
    return new AuditDraft(tenant, action, resource, Optional.empty(), Optional.of(after));
  }

  public static AuditDraft changed(
      Reach tenant, String action, String resource, Object before, Object after) {
    return new AuditDraft(tenant, action, resource, Optional.of(before), Optional.of(after));
  }

  public static AuditDraft removed(Reach tenant, String action, String resource, Object before) {
    return new AuditDraft(tenant, action, resource, Optional.of(before), Optional.empty());
  }
}
