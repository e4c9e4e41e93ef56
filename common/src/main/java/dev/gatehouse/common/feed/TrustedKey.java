package dev.gatehouse.common.feed;

import java.util.Optional;

/**
 * A key of an identity provider.
 *
 * @param kid its id in the provider's JWKS
 * @param spki DER SubjectPublicKeyInfo, base64
 * @param alg the one algorithm that it is for (RFC 7517 §4.4), when the provider says so
 */
public record TrustedKey(String kid, String spki, Optional<String> alg) {}
