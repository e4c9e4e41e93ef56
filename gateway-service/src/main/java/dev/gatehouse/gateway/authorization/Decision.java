package dev.gatehouse.gateway.authorization;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What becomes of a request on the data plane. */
public sealed interface Decision {

  /**
   * It may go on.
   *
   * @param actsAs whose data it reaches; of a query of several tenants, for whom it counts
   * @param registration the id of that tenant's registration
   * @param orgId what the backend is told: an organisation id, or several with {@code |} between
   * @param username the user; empty when acting as another tenant than the user's own
   * @param federated the tenants of a query of several; empty: it is of one
   */
  record Allowed(
      TenantId actsAs,
      UUID registration,
      String orgId,
      Optional<Username> username,
      List<TenantId> federated)
      implements Decision {}

  /**
   * It may not.
   *
   * @param detail a sentence for the sender, without any value that was expected
   */
  record Refused(ErrorCode code, String detail) implements Decision {}
}
