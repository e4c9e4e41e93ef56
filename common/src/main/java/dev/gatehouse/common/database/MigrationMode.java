package dev.gatehouse.common.database;

/** Who changes the schema. */
public enum MigrationMode {

  /** This process, in the background, with the role by which it works. */
  HERE,

  /** This process, which does nothing else and exits: with 0 when the schema is there. */
  ONLY,

  /** Another process; this one has no right to, and waits until the schema is there. */
  ELSEWHERE
}
