package dev.gatehouse.cli.instance;

import java.net.URI;
import java.util.Optional;

/**
 * How a person gets an access token, in a browser on whatever device (RFC 8628). The client is
 * public: it has no secret.
 *
 * @param issuer where discovery begins
 */
public record DeviceLogin(
    URI issuer, String clientId, Optional<String> audience, Optional<String> scope)
    implements LoginMethod {

  static final String KIND = "device";

  @Override
  public URI identityProvider() {
    return issuer;
  }

  @Override
  public String kind() {
    return KIND;
  }
}
