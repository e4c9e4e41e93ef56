package dev.gatehouse.gateway.authentication;

/**
 * What is remembered of a token: all that its standing depends on beside the trust.
 *
 * @param kid the key that it says it is signed with
 */
record TokenFacts(Algorithm algorithm, String kid, Claims claims) {}
