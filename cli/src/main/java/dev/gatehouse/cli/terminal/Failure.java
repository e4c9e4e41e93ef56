package dev.gatehouse.cli.terminal;

/**
 * The command cannot do what it was asked to. The message is one sentence or two: what is wrong and
 * what to do next. It never holds a secret, because it ends on standard error.
 */
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }

  public Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
