package dev.gatehouse.gateway.observation;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.name.TenantId;
import dev.gatehouse.common.name.Username;
import dev.gatehouse.gateway.catalog.Operation;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of a request.
 *
 * @param client the address that it came from, past the proxies that are trusted
 * @param host as the client named it; empty when there is doubt about it
 * @param tenant the one acted as
 * @param nanos from the head of the request to the end of the answer
 * @param upstreamNanos from the head of the request to the head of the upstream's answer
 * @param carriedIn bytes that a WebSocket brought from the client
 * @param carriedOut bytes that it brought there
 */
public record Ended(
    String requestId,
    String client,
    Optional<String> host,
    Optional<String> api,
    Optional<Operation> operation,
    Optional<TenantId> tenant,
    Optional<Username> username,
    Outcome outcome,
    long nanos,
    OptionalLong upstreamNanos,
    long carriedIn,
    long carriedOut) {

  /** One that was refused before anything was known of it. */
  static Ended malformed(String client, String requestId, ErrorCode code) {
    return new Ended(
        requestId,
        client,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Outcome.refused(code),
        0,
        OptionalLong.empty(),
        0,
        0);
  }
}
