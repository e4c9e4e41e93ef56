package dev.gatehouse.cli.instance;

import java.net.URI;
import java.util.Optional;

/** How to get an access token without a person (RFC 6749 §4.4). */
public record ClientCredentials(
    URI tokenUrl,
    String clientId,
    String clientSecret,
    Optional<String> audience,
    Optional<String> scope)
    implements LoginMethod {

  static final String KIND = "clientCredentials";

  @Override
  public URI identityProvider() {
    return tokenUrl;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + " at " + tokenUrl + "]";
  }
}
