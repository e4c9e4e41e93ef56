package dev.gatehouse.cli.login;

import java.util.Optional;

/**
 * What an identity provider gave. It never shows itself.
 *
 * @param refresh with which a later run gets another access token (RFC 6749 §6)
 */
record Tokens(AccessToken access, Optional<String> refresh) {

  @Override
  public String toString() {
    return "Tokens[" + access + "]";
  }
}
