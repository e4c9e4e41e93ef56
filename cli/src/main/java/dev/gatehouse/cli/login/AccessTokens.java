package dev.gatehouse.cli.login;

import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.ClientCredentials;
import dev.gatehouse.cli.instance.KnownInstance;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Where an access token comes from: {@code GATEHOUSE_ACCESS_TOKEN} wins, then one that is
 * remembered and still good, then a new one.
 */
public final class AccessTokens {

  static final String VARIABLE = "GATEHOUSE_ACCESS_TOKEN";

  /** A token that expires sooner than this is not used: it has to outlive the call. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final Terminal terminal;
  private final Clock clock;
  private final TokenCache cache;
  private final TokenEndpoint endpoint;

  public AccessTokens(Terminal terminal, Clock clock, Http http) {
    this.terminal = terminal;
    this.clock = clock;
    this.cache = new TokenCache(terminal);
    this.endpoint = new TokenEndpoint(http, clock);
  }

  /** Whether the caller brought the token along, so that there is no other to be had. */
  public boolean isGiven() {
    return terminal.variable(VARIABLE).isPresent();
  }

  public AccessToken current(KnownInstance instance) {
    Optional<String> given = terminal.variable(VARIABLE);
    if (given.isPresent()) {
      return new AccessToken(given.get().strip(), Optional.empty(), false);
    }
    return cache
        .find(instance, credentials(instance))
        .filter(this::outlivesTheCall)
        .orElseGet(() -> renew(instance));
  }

  /** A new token, remembered if that is possible. */
  public AccessToken renew(KnownInstance instance) {
    ClientCredentials login = credentials(instance);
    AccessToken token = endpoint.token(login);
    try {
      cache.store(instance, login, token);
    } catch (IOException e) {
      terminal.note("warning: the access token is not remembered: " + e.getMessage());
    }
    return token;
  }

  private boolean outlivesTheCall(AccessToken token) {
    return token.expiresAt().filter(clock.instant().plus(MARGIN)::isBefore).isPresent();
  }

  private static ClientCredentials credentials(KnownInstance instance) {
    return instance
        .login()
        .orElseThrow(
            () ->
                new Failure(
                    "The instance %s has no clientCredentials: set %s, or add them with gatehouse instances add %s %s --force --token-url URL --client-id ID."
                        .formatted(instance.name(), VARIABLE, instance.name(), instance.url())));
  }
}
