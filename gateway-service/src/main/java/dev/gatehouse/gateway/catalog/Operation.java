package dev.gatehouse.gateway.catalog;

/**
 * Something that a backend can be asked for.
 *
 * @param name the path pattern without the api's prefix, for metrics and logs; as many as the
 *     catalog has, whatever clients send
 * @param webSocket whether it may be upgraded to a WebSocket (RFC 6455)
 * @param federation whether it can be asked of several tenants at once
 * @param addedPrefix what goes before the client's path on the way to the backend; mostly empty
 */
public record Operation(
    String name, OperationClass kind, boolean webSocket, boolean federation, String addedPrefix)
    implements Match {}
