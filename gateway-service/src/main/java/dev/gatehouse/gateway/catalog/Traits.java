package dev.gatehouse.gateway.catalog;

/**
 * What is special about an operation.
 *
 * @param webSocket whether it may be upgraded to a WebSocket (RFC 6455)
 * @param federation whether it can be asked of several tenants at once
 * @param otlp whether it is OTLP, whose clients read answers of a form of their own
 * @param grpc whether it is called by gRPC, which only a backend that speaks HTTP/2 takes
 */
public record Traits(boolean webSocket, boolean federation, boolean otlp, boolean grpc) {

  public static final Traits NONE = new Traits(false, false, false, false);
}
