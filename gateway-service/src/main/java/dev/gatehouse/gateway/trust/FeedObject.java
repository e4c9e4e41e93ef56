package dev.gatehouse.gateway.trust;

import java.util.UUID;

/**
 * Something that a feed tells of.
 *
 * @param kind {@code tenant}, {@code anchor}, {@code issuer} or {@code revocation}
 * @param name for people: of a tenant or issuer its name, of an anchor its thumbprint and owner
 */
public record FeedObject(String kind, UUID id, String name) {}
