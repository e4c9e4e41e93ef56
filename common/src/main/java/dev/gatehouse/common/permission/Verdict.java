package dev.gatehouse.common.permission;

import dev.gatehouse.common.error.ErrorCode;

/** What {@link Permissions} decide. */
public sealed interface Verdict {

  record Allowed() implements Verdict {}

  /** Of a tenant above one's own, only the name is to be seen. */
  record NameOnly() implements Verdict {}

  /** For this caller there is no such thing, whether it exists or not. */
  record Hidden() implements Verdict {}

  /** The answer is 403; it tells nothing of what exists. */
  record Denied(ErrorCode code, String detail) implements Verdict {}
}
