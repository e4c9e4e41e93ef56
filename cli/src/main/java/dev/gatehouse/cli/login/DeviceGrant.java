package dev.gatehouse.cli.login;

import dev.gatehouse.cli.instance.DeviceLogin;
import dev.gatehouse.cli.login.TokenEndpoint.Reply;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Pause;
import dev.gatehouse.cli.terminal.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An access token for a person, who logs in and agrees in a browser on whatever device (RFC 8628),
 * and later ones without that person (RFC 6749 §6).
 */
final class DeviceGrant {

  /** RFC 8628 §3.2 and §3.5. */
  private static final long DEFAULT_INTERVAL_SECONDS = 5;

  private static final Duration SLOWER = Duration.ofSeconds(5);

  /** Where the provider does not say how long the code is good for. */
  private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(10);

  /** For a refresh token; OpenID Connect providers give none without. */
  private static final String DEFAULT_SCOPE = "openid offline_access";

  private static final String CHECK = "Check the instance's device login.";

  private final Terminal terminal;
  private final Clock clock;
  private final Pause pause;
  private final TokenEndpoint provider;

  DeviceGrant(Terminal terminal, Clock clock, Pause pause, TokenEndpoint provider) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
    this.provider = provider;
  }

  /** Asks the person to log in, and waits until that is done. */
  Tokens tokens(DeviceLogin login) {
    Discovery discovery = Discovery.of(login.issuer(), provider);
    Reply code = provider.post(discovery.deviceEndpoint(), codeForm(login));
    if (!code.isSuccess() || code.body().path("device_code").asText("").isEmpty()) {
      throw code.refused(login.clientId(), CHECK);
    }
    tellThePerson(code);
    return poll(login, discovery, code);
  }

  /** Empty if the refresh token is good no longer, so that the person has to log in again. */
  Optional<Tokens> refreshed(DeviceLogin login, String refreshToken) {
    Discovery discovery = Discovery.of(login.issuer(), provider);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "refresh_token");
    form.put("refresh_token", refreshToken);
    form.put("client_id", login.clientId());
    Reply reply = provider.post(discovery.tokenEndpoint(), form);
    if (reply.error().equals("invalid_grant")) {
      return Optional.empty();
    }
    Tokens tokens = reply.tokens().orElseThrow(() -> reply.refused(login.clientId(), CHECK));
    return Optional.of(
        new Tokens(tokens.access(), tokens.refresh().or(() -> Optional.of(refreshToken))));
  }

  private void tellThePerson(Reply code) {
    String address = code.body().path("verification_uri").asText();
    String complete = code.body().path("verification_uri_complete").asText("");
    String userCode = code.body().path("user_code").asText();
    terminal.note("open %s and enter the code %s.".formatted(address, userCode));
    if (!complete.isEmpty()) {
      terminal.note("or open %s, and see that it shows this code.".formatted(complete));
    }
  }

  private Tokens poll(DeviceLogin login, Discovery discovery, Reply code) {
    Instant deadline = code.expiresAt().orElseGet(() -> code.asked().plus(DEFAULT_PATIENCE));
    Duration interval =
        Duration.ofSeconds(
            Math.max(1, code.body().path("interval").asLong(DEFAULT_INTERVAL_SECONDS)));
    Map<String, String> form = pollForm(login, code);
    while (clock.instant().plus(interval).isBefore(deadline)) {
      pause.last(interval);
      Optional<Reply> reply = answer(discovery, form);
      Optional<Tokens> tokens = reply.flatMap(Reply::tokens);
      if (tokens.isPresent()) {
        return tokens.get();
      }
      interval = next(interval, reply, login);
    }
    throw tooLate();
  }

  /** Nothing if the provider cannot be reached or is in trouble, which may pass. */
  private Optional<Reply> answer(Discovery discovery, Map<String, String> form) {
    try {
      return Optional.of(provider.post(discovery.tokenEndpoint(), form))
          .filter(reply -> reply.status() < 500);
    } catch (Failure e) {
      return Optional.empty();
    }
  }

  private static Duration next(Duration interval, Optional<Reply> reply, DeviceLogin login) {
    if (reply.isEmpty()) {
      return interval.multipliedBy(2);
    }
    return switch (reply.get().error()) {
      case "authorization_pending" -> interval;
      case "slow_down" -> interval.plus(SLOWER);
      case "expired_token" -> throw tooLate();
      case "access_denied" ->
          throw new Failure("access_denied: the login was refused in the browser.");
      default -> throw reply.get().refused(login.clientId(), CHECK);
    };
  }

  private static Failure tooLate() {
    return new Failure("expired_token: nobody entered the code in time. Log in again.");
  }

  private static Map<String, String> codeForm(DeviceLogin login) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("client_id", login.clientId());
    form.put("scope", login.scope().orElse(DEFAULT_SCOPE));
    login.audience().ifPresent(audience -> form.put("audience", audience));
    return form;
  }

  private static Map<String, String> pollForm(DeviceLogin login, Reply code) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    form.put("device_code", code.body().path("device_code").asText());
    form.put("client_id", login.clientId());
    return form;
  }
}
