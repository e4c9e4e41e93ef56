package dev.gatehouse.common.feed.server;

import java.time.Instant;
import java.util.Optional;

/**
 * A gateway that follows this service's feed.
 *
 * @param applied the revision that it serves by; 0 while it follows another history
 * @param servesUntil when it stops by itself unless it hears from us; empty: never
 * @param live whether it was in contact within the last 90 s
 */
public record Gateway(
    String id,
    String name,
    long applied,
    Instant lastContact,
    Optional<Instant> servesUntil,
    boolean live) {}
