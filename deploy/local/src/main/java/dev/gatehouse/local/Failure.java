package dev.gatehouse.local;

/** Why the instance cannot start or go on: one sentence for the person at the terminal. */
final class Failure extends RuntimeException {
  static final int FAILED = 1;
  static final int WRONG_USAGE = 2;

  private final int exitCode;

  private Failure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  static Failure because(String sentence) {
    return new Failure(FAILED, sentence);
  }

  static Failure usage(String sentence) {
    return new Failure(WRONG_USAGE, sentence);
  }

  int exitCode() {
    return exitCode;
  }

  String sentence() {
    return String.valueOf(getMessage());
  }
}
