package dev.gatehouse.common.audit;

import java.util.Optional;

/**
 * What a verification of the log has found.
 *
 * @param entries how many were walked over and found as they were written
 * @param from the sequence after what was pruned
 * @param to the sequence of the head; below {@code from} when there are no entries
 * @param firstBad the first that is not as it was written
 */
public record Verified(
    String service, boolean intact, long entries, long from, long to, Optional<Bad> firstBad) {

  /**
   * An entry that is missing, was added or was changed.
   *
   * @param why a sentence about it, for people
   */
  public record Bad(long sequence, String why) {}
}
