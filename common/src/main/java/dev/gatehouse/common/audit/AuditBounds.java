package dev.gatehouse.common.audit;

import dev.gatehouse.common.feed.AuditHead;
import java.util.Optional;

/**
 * Where the log begins and ends.
 *
 * @param head what it says of its end
 * @param pruned what it says of what was before its beginning
 * @param first the lowest sequence that is there
 * @param last the highest sequence that is there
 */
record AuditBounds(AuditHead head, AuditHead pruned, Optional<Long> first, Optional<Long> last) {}
