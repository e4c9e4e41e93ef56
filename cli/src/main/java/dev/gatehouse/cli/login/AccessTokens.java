package dev.gatehouse.cli.login;

import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.ClientCredentials;
import dev.gatehouse.cli.instance.DeviceLogin;
import dev.gatehouse.cli.instance.KnownInstance;
import dev.gatehouse.cli.instance.LoginMethod;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Pause;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
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
  private final ClientGrant clients;
  private final DeviceGrant devices;

  public AccessTokens(Terminal terminal, Clock clock, Pause pause, Http http) {
    this.terminal = terminal;
    this.clock = clock;
    this.cache = new TokenCache(terminal);
    TokenEndpoint endpoint = new TokenEndpoint(http, clock);
    this.clients = new ClientGrant(endpoint);
    this.devices = new DeviceGrant(terminal, clock, pause, endpoint);
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
        .find(instance, method(instance))
        .map(Tokens::access)
        .filter(this::outlivesTheCall)
        .orElseGet(() -> renew(instance));
  }

  /** A new token without asking anybody, remembered if that is possible. */
  public AccessToken renew(KnownInstance instance) {
    LoginMethod method = method(instance);
    if (method instanceof ClientCredentials credentials) {
      return remember(instance, method, clients.tokens(credentials));
    }
    return cache
        .find(instance, method)
        .flatMap(Tokens::refresh)
        .flatMap(refresh -> devices.refreshed((DeviceLogin) method, refresh))
        .map(tokens -> remember(instance, method, tokens))
        .orElseThrow(
            () ->
                new Failure(
                    "Nobody is logged in to %s any more: run gatehouse login %s."
                        .formatted(instance.name(), instance.name())));
  }

  /** A new token; whoever it is for is asked. */
  AccessToken login(KnownInstance instance) {
    return method(instance) instanceof DeviceLogin device
        ? remember(instance, device, devices.tokens(device))
        : renew(instance);
  }

  /** Removes what is remembered about an instance. */
  public void forget(Instance name) {
    cache.forget(name);
  }

  private AccessToken remember(KnownInstance instance, LoginMethod method, Tokens tokens) {
    try {
      cache.store(instance, method, tokens);
    } catch (IOException e) {
      terminal.note("warning: the access token is not remembered: " + e.getMessage());
    }
    return tokens.access();
  }

  private boolean outlivesTheCall(AccessToken token) {
    return token.expiresAt().filter(clock.instant().plus(MARGIN)::isBefore).isPresent();
  }

  private static LoginMethod method(KnownInstance instance) {
    return instance
        .login()
        .orElseThrow(
            () ->
                new Failure(
                    "The instance %s has no clientCredentials and no device login: set %s, or add them with gatehouse instances add %s %s --force --token-url URL --client-id ID."
                        .formatted(instance.name(), VARIABLE, instance.name(), instance.url())));
  }
}
