package dev.gatehouse.gateway.routing;

import dev.gatehouse.gateway.routing.ApisConfig.CredentialsConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the credentials for a backend. No sentence holds any of them.
 *
 * @param key of the configuration; above the single keys
 */
record CredentialsChecks(String key) {

  Optional<UpstreamCredentials> read(CredentialsConfig config) {
    Optional<String> password = secret("password", config.password(), config.passwordFile());
    Optional<String> token = secret("bearer-token", config.bearerToken(), config.bearerTokenFile());
    Optional<String> username = config.username();
    if (token.isPresent()) {
      if (username.isPresent() || password.isPresent()) {
        throw wrong("bearer-token is set, and username or password too; keep one of the two ways");
      }
      if (!isToken(token.get())) {
        throw wrong("bearer-token holds a character that no token has; give the token alone");
      }
      return Optional.of(UpstreamCredentials.bearer(token.get()));
    }
    if (username.isPresent() != password.isPresent()) {
      throw wrong(
          username.isPresent()
              ? "password is not set, but username is; set password or password-file"
              : "username is not set, but password is; set it too");
    }
    if (username.isEmpty() || password.isEmpty()) {
      return Optional.empty();
    }
    if (username.get().indexOf(':') >= 0) {
      throw wrong("username holds a colon, which ends it in HTTP Basic (RFC 7617); take another");
    }
    return Optional.of(UpstreamCredentials.basic(username.get(), password.get()));
  }

  private Optional<String> secret(String name, Optional<String> value, Optional<Path> file) {
    if (value.isPresent() && file.isPresent()) {
      throw wrong(name + " is set, and " + name + "-file too; keep one");
    }
    return file.isPresent() ? Optional.of(content(name, file.get())) : value;
  }

  private String content(String name, Path file) {
    String content;
    try {
      content = Files.readString(file).stripTrailing();
    } catch (IOException e) {
      throw wrong(name + "-file is " + file + ", which cannot be read; check path and permissions");
    }
    if (content.isEmpty()) {
      throw wrong(name + "-file is " + file + ", which is empty; put the secret there");
    }
    return content;
  }

  /** Visible ASCII without spaces, so that it can neither end the header nor become two. */
  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private ConfigurationException wrong(String sentence) {
    return new ConfigurationException(key + "." + sentence);
  }
}
