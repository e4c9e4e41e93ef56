package dev.gatehouse.cli.terminal;

/** What the process exits with. */
public final class ExitCode {

  public static final int DONE = 0;

  /** Refused or failed; standard error says why. */
  public static final int FAILED = 1;

  public static final int WRONG_USAGE = 2;

  /** Done, and not yet applied by every gateway that could still be serving. */
  public static final int NOT_YET_EVERYWHERE = 3;

  private ExitCode() {}
}
