package dev.gatehouse.gateway.catalog;

import dev.gatehouse.common.error.ErrorCode;

/** What a catalog says of a method and a path. */
public sealed interface Match permits Operation, Match.Refused {

  /**
   * Nothing that may be asked for.
   *
   * @param code {@code operation_refused} for a path that the catalog names but does not offer with
   *     this method, {@code operation_unknown} for one that it does not name, {@code path_refused}
   *     for an encoded slash where no operation takes one
   */
  record Refused(ErrorCode code, String detail) implements Match {}
}
