package dev.gatehouse.gateway.routing;

/** What a decision is for. */
public enum Mode {
  /** What it refuses is answered by the gateway. */
  ENFORCE,
  /** It is counted, and the request goes on as the client sent it; for moving in. */
  REPORT
}
