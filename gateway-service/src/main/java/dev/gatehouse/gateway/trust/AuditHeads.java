package dev.gatehouse.gateway.trust;

import dev.gatehouse.common.feed.AuditHead;
import java.util.List;
import java.util.Optional;

/**
 * How far the services' audit logs were known to go. What a gateway has kept, no service can take
 * back unnoticed. Feeds are called {@code tenants} and {@code keys}. Nothing here ever blocks.
 */
public interface AuditHeads {

  /**
   * What a log has to contain to be believed: the newest head that was seen; once one contradicts
   * what was seen before, that which it contradicts. Empty when no head ever came.
   */
  Optional<AuditHead> kept(String feed);

  /** Some older ones, the farther back the sparser, in ascending order. */
  List<AuditHead> checkpoints(String feed);
}
