package dev.gatehouse.common.feed.server;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A follower of the feed, as it introduces itself with each question.
 *
 * @param id random, of one process
 * @param kind only those of kind {@value #GATEWAY} count for receipts
 * @param name for people; the id when it gives none
 * @param predecessor the process whose state this one has taken over; it is gone for good
 * @param maxStaleness for how long it serves without hearing from us; empty: for ever
 */
record Watcher(
    String id,
    String kind,
    String name,
    Optional<String> predecessor,
    Optional<Duration> maxStaleness) {

  static final String GATEWAY = "gateway";
  static final int MAX_ID = 64;
  static final int MAX_NAME = 253;
  private static final Duration LONGEST_STALENESS = Duration.ofDays(365);

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_ID + "}");
  private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1," + MAX_NAME + "}");
  private static final Pattern KIND = Pattern.compile("[a-z][a-z-]{0,29}");

  Watcher {
    checkId("watcher", id);
    predecessor.ifPresent(it -> checkId("predecessor", it));
    if (!KIND.matcher(kind).matches()) {
      throw invalid("kind has 1 to 30 characters of a-z and -");
    }
    if (!NAME.matcher(name).matches()) {
      throw invalid("name has 1 to " + MAX_NAME + " printable characters");
    }
    if (maxStaleness
        .filter(it -> it.isNegative() || it.compareTo(LONGEST_STALENESS) > 0)
        .isPresent()) {
      throw invalid("max-staleness is a duration of at most 365 days, such as PT15M");
    }
  }

  static void checkId(String parameter, String id) {
    if (!ID.matcher(id).matches()) {
      throw invalid(parameter + " has 1 to " + MAX_ID + " characters of A-Z, a-z, 0-9, . _ -");
    }
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
