package dev.gatehouse.gateway.control;

/** What the gateway answers itself, mostly by asking both services. */
enum Here implements Respondent {
  GATEWAYS,
  GATEWAY,
  AUDIT,
  AUDIT_VERIFICATION,
  AUDIT_PRUNING,
  FEEDS,
  EXPLANATION,
  /** For everybody, without a token. */
  DESCRIPTION
}
