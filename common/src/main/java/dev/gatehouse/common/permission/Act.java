package dev.gatehouse.common.permission;

/** What is done to a registered object. */
public enum Act {
  SEE,
  ADD,
  CHANGE,
  REMOVE
}
