package dev.gatehouse.cli.tenant;

/** The most that a tenant may use of something: a whole number from 1. */
public record Limit(LimitName name, long number) {

  static final String NAMES =
      "requests-per-second, bytes-per-second, concurrent-requests, open-streams, body-bytes";

  private static final String WRONG =
      "a limit is NAME=NUMBER, for example requests-per-second=100 or body-bytes=10Mi";

  public Limit {
    if (number < 1) {
      throw new IllegalArgumentException(WRONG);
    }
  }

  public static Limit parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(WRONG);
    }
    return new Limit(
        LimitName.parse(text.substring(0, equals)), number(text.substring(equals + 1)));
  }

  private static long number(String text) {
    int unit = Math.max(0, text.length() - 2);
    try {
      return switch (text.substring(unit)) {
        case "Ki" -> Math.multiplyExact(Long.parseLong(text.substring(0, unit)), 1L << 10);
        case "Mi" -> Math.multiplyExact(Long.parseLong(text.substring(0, unit)), 1L << 20);
        case "Gi" -> Math.multiplyExact(Long.parseLong(text.substring(0, unit)), 1L << 30);
        default -> Long.parseLong(text);
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IllegalArgumentException(WRONG, e);
    }
  }
}
