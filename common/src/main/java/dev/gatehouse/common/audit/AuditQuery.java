package dev.gatehouse.common.audit;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.page.PageRequest;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which entries are asked for.
 *
 * @param within about which tenants: one with those nested in it, or all and the instance
 * @param actor a username, or the thumbprint of a key
 * @param action exactly
 * @param since the earliest time, as text that compares like entries' own
 * @param until the earliest time that is too late
 * @param ascending the oldest first
 */
record AuditQuery(
    Reach within,
    Optional<String> actor,
    Optional<String> action,
    Optional<Outcome> outcome,
    Optional<String> since,
    Optional<String> until,
    boolean ascending,
    PageRequest page) {

  /** What follows a statement up to its WHERE, with the values for it. */
  record Sql(String text, Tuple values) {}

  Sql sql() {
    List<String> conditions = new ArrayList<>(List.of("true"));
    Tuple values = Tuple.tuple();
    within.top().ifPresent(tenant -> conditions.add(subtree(tenant, values)));
    actor.ifPresent(it -> conditions.add("actor = " + bound(values, it)));
    action.ifPresent(it -> conditions.add("action = " + bound(values, it)));
    outcome.ifPresent(it -> conditions.add("outcome = " + bound(values, it.name())));
    since.ifPresent(it -> conditions.add(sequenceAt(">= (", ">=", "", it, values)));
    until.ifPresent(it -> conditions.add(sequenceAt("<= (", "<", "DESC", it, values)));
    page.after()
        .map(AuditQuery::sequence)
        .ifPresent(
            it -> conditions.add("sequence " + (ascending ? "> " : "< ") + bound(values, it)));
    String text =
        String.join(" AND ", conditions)
            + " ORDER BY sequence "
            + (ascending ? "ASC" : "DESC")
            + " LIMIT "
            + (page.limit() + 1);
    return new Sql(text, values);
  }

  static Outcome outcome(String text) {
    for (Outcome outcome : Outcome.values()) {
      if (outcome.name().equals(text)) {
        return outcome;
      }
    }
    throw invalid("outcome is done or refused");
  }

  /** A time as the entries write it; later than all of them when it is beyond what they can say. */
  static String time(String parameter, String text) {
    try {
      return AuditTable.time(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      throw invalid(parameter + " is a time such as 2026-01-31T09:00:00Z");
    }
  }

  static boolean isAscending(@Nullable String order) {
    if (order == null || order.equals("desc")) {
      return false;
    }
    if (order.equals("asc")) {
      return true;
    }
    throw invalid("order is asc or desc");
  }

  /** Names sort byte by byte, and {@code ;} comes right after {@code :}. */
  private static String subtree(TenantId tenant, Tuple values) {
    return "(tenant = "
        + bound(values, tenant.value())
        + " OR (tenant >= "
        + bound(values, tenant.value() + ":")
        + " AND tenant < "
        + bound(values, tenant.value() + ";")
        + "))";
  }

  /** Times never go backwards, so one look-up tells from where, or up to where, to read. */
  private static String sequenceAt(
      String bound, String comparison, String direction, String time, Tuple values) {
    return "sequence "
        + bound
        + "SELECT sequence FROM audit WHERE at "
        + comparison
        + " "
        + bound(values, time)
        + " ORDER BY at "
        + direction
        + ", sequence "
        + direction
        + " LIMIT 1)";
  }

  private static String bound(Tuple values, Object value) {
    values.addValue(value);
    return "$" + values.size();
  }

  private static long sequence(String cursor) {
    try {
      return Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      throw new Invalid(
          ErrorCode.CURSOR_INVALID, "Send the cursor exactly as the page before gave it in next");
    }
  }

  private static Invalid invalid(String detail) {
    return new Invalid(ErrorCode.FIELD_INVALID, detail);
  }
}
