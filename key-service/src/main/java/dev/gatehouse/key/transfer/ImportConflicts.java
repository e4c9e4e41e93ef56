package dev.gatehouse.key.transfer;

import dev.gatehouse.common.error.Conflict;
import dev.gatehouse.common.error.ErrorCode;

/** Says which entry of an import contradicts what is there. */
public final class ImportConflicts {

  private ImportConflicts() {}

  public static Conflict of(String kind, String id, String why) {
    return new Conflict(
        ErrorCode.IMPORT_CONFLICT, "Nothing is imported, as " + kind + " " + id + " " + why);
  }
}
