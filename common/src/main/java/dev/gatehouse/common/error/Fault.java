package dev.gatehouse.common.error;

/** A mistake of ours. What it was stands in our log, under the request's id, and nowhere else. */
public final class Fault extends Refusal {

  private static final long serialVersionUID = 1;

  public Fault() {
    super(
        ErrorCode.INTERNAL,
        "This is a mistake of ours. The request id leads to it in the service's log.",
        null);
  }
}
