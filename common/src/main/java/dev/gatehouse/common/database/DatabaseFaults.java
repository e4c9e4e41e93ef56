package dev.gatehouse.common.database;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Refusal;
import dev.gatehouse.common.error.Unavailable;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.hibernate.exception.ConstraintViolationException;

/** Tells the troubles of a database, which pass, from mistakes of ours, which do not. */
public final class DatabaseFaults {

  /**
   * SQLSTATE classes (PostgreSQL, Appendix A) that say nothing about the statement: connection,
   * read-only replica, rolled back, out of resources, lock not available, operator intervention
   * (which includes a statement time-out).
   */
  private static final Set<String> PASSING = Set.of("08", "25", "40", "53", "55", "57");

  private DatabaseFaults() {}

  /** A trouble of the database as {@link Unavailable}; anything else without its wrappers. */
  static Throwable translated(Throwable failure) {
    Throwable plain = failure;
    while (plain instanceof CompletionException && plain.getCause() != null) {
      plain = plain.getCause();
    }
    return !(plain instanceof Refusal) && passes(plain) ? unavailable(plain) : plain;
  }

  static Unavailable unavailable(Throwable cause) {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "The database does not answer. Try again shortly.", cause);
  }

  static Unavailable unavailable() {
    return new Unavailable(
        ErrorCode.SERVICE_UNAVAILABLE, "The database does not answer. Try again shortly.");
  }

  /** The name of the constraint that a write violated. */
  public static Optional<String> violatedConstraint(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof ConstraintViolationException violation
          && violation.getConstraintName() != null) {
        return Optional.of(violation.getConstraintName());
      }
      if (next instanceof PgException pg && pg.getConstraint() != null) {
        return Optional.of(pg.getConstraint());
      }
    }
    return Optional.empty();
  }

  private static boolean passes(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      Optional<String> state = sqlState(next);
      if (state.isPresent()) {
        return PASSING.contains(state.get().substring(0, Math.min(2, state.get().length())));
      }
      if (next instanceof IOException
          || next instanceof TimeoutException
          || next instanceof VertxException
          || next instanceof NoStackTraceThrowable) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> sqlState(Throwable failure) {
    if (failure instanceof PgException pg) {
      return Optional.ofNullable(pg.getSqlState());
    }
    if (failure instanceof SQLException sql) {
      return Optional.ofNullable(sql.getSQLState());
    }
    return Optional.empty();
  }
}
