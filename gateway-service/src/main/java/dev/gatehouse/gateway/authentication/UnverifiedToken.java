package dev.gatehouse.gateway.authentication;

/** A token of legal form. Nobody has looked at its signature yet. */
@SuppressWarnings("ArrayRecordComponent") // Never compared, lives as long as one verification.
record UnverifiedToken(TokenFacts facts, byte[] signingInput, byte[] signature) {

  @Override
  public String toString() {
    return "UnverifiedToken";
  }
}
