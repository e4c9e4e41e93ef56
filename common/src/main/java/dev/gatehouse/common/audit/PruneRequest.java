package dev.gatehouse.common.audit;

import java.util.Optional;

/**
 * Up to where the log is to be pruned.
 *
 * @param through the last entry to go
 * @param hash of that entry, so that nobody prunes what they have not exported
 */
public record PruneRequest(Optional<Long> through, Optional<String> hash) {}
