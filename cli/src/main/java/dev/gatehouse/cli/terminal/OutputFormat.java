package dev.gatehouse.cli.terminal;

/** What stands on standard output. */
public enum OutputFormat {
  /** Names and ids, one a line. */
  TEXT,
  /** A table with a head, where there is more to see than a name; else as {@link #TEXT}. */
  WIDE,
  /** One JSON value. */
  JSON
}
