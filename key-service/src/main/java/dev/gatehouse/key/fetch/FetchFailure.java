package dev.gatehouse.key.fetch;

import java.util.Locale;

/** Another server did not give what was asked for; the message says why and quotes no body. */
public final class FetchFailure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** For our log; who is not an operator hears the reason only. */
  public FetchFailure(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /**
   * Why, in one word that says nothing of our network. Part of the API: a word never changes its
   * meaning.
   */
  public enum Reason {
    /** No connection, or one that broke off, also for want of a certificate that fits. */
    UNREACHABLE,
    /** The host has no address at all, or one that is not public. */
    ADDRESS_REFUSED,
    TOO_SLOW,
    TOO_LARGE,
    /** Where a redirect leads was checked by nobody, so none is followed. */
    REDIRECTED,
    /** Neither 200 nor a redirect. */
    STATUS_REFUSED,
    NOT_A_DISCOVERY_DOCUMENT,
    ISSUER_MISMATCH,
    NOT_A_JWKS,
    NO_USABLE_KEY;

    /** As the API shows it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
