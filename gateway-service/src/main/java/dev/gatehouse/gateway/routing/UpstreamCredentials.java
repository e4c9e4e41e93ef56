package dev.gatehouse.gateway.routing;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** By what the gateway itself is known to a backend. It says nothing about its content. */
public final class UpstreamCredentials {

  private final String authorization;

  private UpstreamCredentials(String authorization) {
    this.authorization = authorization;
  }

  /** RFC 7617; the user's name holds no colon. */
  public static UpstreamCredentials basic(String username, String password) {
    byte[] pair = (username + ':' + password).getBytes(StandardCharsets.UTF_8);
    return new UpstreamCredentials("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** RFC 6750 §2.1. */
  public static UpstreamCredentials bearer(String token) {
    return new UpstreamCredentials("Bearer " + token);
  }

  /** The value of the {@code Authorization} header; never to be logged. */
  public String authorization() {
    return authorization;
  }

  @Override
  public String toString() {
    return "(hidden)";
  }
}
