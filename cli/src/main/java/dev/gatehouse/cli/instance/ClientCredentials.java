package dev.gatehouse.cli.instance;

import java.net.URI;
import java.util.Optional;

/**
 * How to get an access token without a person (RFC 6749 §4.4).
 *
 * @param audience the API that the token is for, where the identity provider wants to be told
 * @param scope space separated, where not all that the client may have is wanted
 */
public record ClientCredentials(
    URI tokenUrl,
    String clientId,
    String clientSecret,
    Optional<String> audience,
    Optional<String> scope) {

  @Override
  public String toString() {
    return "ClientCredentials[" + clientId + " at " + tokenUrl + "]";
  }
}
