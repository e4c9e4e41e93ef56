package dev.gatehouse.key.fetch;

/** Another server did not give what was asked for; the message says why and quotes no body. */
public final class FetchFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public FetchFailure(String message) {
    super(message, null, false, false);
  }
}
