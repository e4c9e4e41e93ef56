package dev.gatehouse.gateway.limit;

/**
 * A request that the limits have let in, until it ends. Confined to the event loop of the request;
 * {@link #NONE} is everybody's.
 */
public final class Ticket implements Admittance {

  /** Of a request that no limit is about. */
  public static final Ticket NONE = new Ticket(Chain.NONE, true);

  private final Chain chain;
  private final boolean stream;
  private long received;
  private boolean released;
  private boolean uncut;

  /**
   * @param stream whether it is one without an end, whose bytes are no body
   */
  Ticket(Chain chain, boolean stream) {
    this.chain = chain;
    this.stream = stream;
  }

  /**
   * Counts what the client has sent. Running into debt by it refuses later requests and never this
   * one.
   *
   * @return whether the body may go on; false: it is larger than is allowed
   */
  public boolean received(int bytes) {
    if (this == NONE) {
      return true;
    }
    received += bytes;
    if (!stream && !uncut && received > chain.bodyBytes()) {
      return false;
    }
    chain.received(bytes);
    return true;
  }

  /** A body that turns out too large goes on all the same, as limits are only reported. */
  public void leaveBodyWhole() {
    if (this != NONE) {
      uncut = true;
    }
  }

  /** What to tell a client whose body is too large. */
  public Excess bodyTooLarge() {
    return chain.bodyTooLarge();
  }

  /** The request has ended, one way or another. Again it does nothing. */
  public void release() {
    if (this != NONE && !released) {
      released = true;
      chain.leave(stream);
    }
  }
}
