package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.OrgId;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import java.util.Optional;
import java.util.UUID;

/** What becomes of a request on the data plane. */
public sealed interface Decision {

  /**
   * It may go on.
   *
   * @param actsAs whose data it reaches
   * @param registration the id of that tenant's registration
   * @param orgId what the backend is told
   * @param username the user; empty when acting as another tenant than the user's own
   */
  record Allowed(TenantId actsAs, UUID registration, OrgId orgId, Optional<Username> username)
      implements Decision {}

  /**
   * It may not.
   *
   * @param detail a sentence for the sender, without any value that was expected
   */
  record Refused(ErrorCode code, String detail) implements Decision {}
}
