package dev.gatehouse.gateway.authentication;

/**
 * What is remembered of a token: all that its standing depends on beside the trust.
 *
 * @param kid the key that it says it is signed with
 * @param sha256 of {@code header.payload}, lower-case hex, by which a token can be revoked
 */
record TokenFacts(Algorithm algorithm, String kid, Claims claims, String sha256) {}
