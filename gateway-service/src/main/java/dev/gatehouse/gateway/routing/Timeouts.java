package dev.gatehouse.gateway.routing;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a backend may take before the client is answered 504.
 *
 * @param connect until there is a connection
 * @param response to begin its answer, once the whole request was sent
 * @param idle without a byte in either direction
 * @param total from the request's beginning to the answer's end, WebSockets excepted; empty: any
 *     time
 */
public record Timeouts(
    Duration connect, Duration response, Duration idle, Optional<Duration> total) {}
