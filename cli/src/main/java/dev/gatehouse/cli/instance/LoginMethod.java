package dev.gatehouse.cli.instance;

import java.net.URI;
import java.util.Optional;

/** How to get an access token for an instance. */
public sealed interface LoginMethod permits ClientCredentials, DeviceLogin {

  /** Where secrets and tokens travel to. */
  URI identityProvider();

  String clientId();

  /** The API that the token is for, where the identity provider wants to be told. */
  Optional<String> audience();

  /** Space separated, where not all that the client may have is wanted. */
  Optional<String> scope();

  /** The key in the configuration. */
  String kind();
}
