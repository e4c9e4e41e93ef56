package dev.gatehouse.common.audit;

/** How it ended; as in the API. */
public enum Outcome {
  done,
  refused
}
