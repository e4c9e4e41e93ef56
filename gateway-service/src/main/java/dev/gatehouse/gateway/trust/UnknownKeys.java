package dev.gatehouse.gateway.trust;

/** Tells the key-service of key ids that an issuer's tokens name and nobody has seen yet. */
public interface UnknownKeys {

  enum Verdict {
    /** Its keys are being fetched, or cannot be: the client should come again. */
    PENDING,
    /** They have been fetched since, and this is none of them. */
    UNKNOWN
  }

  /**
   * Says what to answer to a token whose key is not there. Never blocks; starts a report unless one
   * for the same issuer is under way or was made just now.
   */
  Verdict report(Issuer issuer, String kid);
}
