package dev.gatehouse.common.audit;

/**
 * What pruning has done.
 *
 * @param removed how many entries are gone
 * @param from the first entry that may be left
 */
public record Pruned(String service, long removed, long from) {}
