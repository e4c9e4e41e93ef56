package dev.gatehouse.common.caller;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.name.KeyId;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.Username;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads a {@link Caller} from the headers of a call that carries the API key. */
final class CallerHeaders {

  private CallerHeaders() {}

  static Caller read(MultiMap headers, String address) {
    return new Caller(
        reach(headers),
        single(headers, Caller.USERNAME_HEADER).map(Username::new),
        single(headers, Caller.SCOPES_HEADER).map(CallerHeaders::scopes).orElse(Scope.EVERY),
        credential(headers),
        single(headers, Caller.CLIENT_HEADER).filter(CallerHeaders::isAddress).orElse(address));
  }

  private static Reach reach(MultiMap headers) {
    List<String> sent = headers.getAll(Caller.TENANT_HEADER);
    if (sent.size() != 1 || sent.get(0).isEmpty()) {
      throw new Invalid(
          ErrorCode.TENANT_REQUIRED,
          "Send exactly one " + Caller.TENANT_HEADER + ": a tenant, or * for every tenant");
    }
    return Reach.parse(sent.get(0));
  }

  private static Credential credential(MultiMap headers) {
    Optional<UUID> issuer = single(headers, Caller.ISSUER_HEADER).map(CallerHeaders::issuer);
    Optional<KeyId> key = single(headers, Caller.KEY_HEADER).map(KeyId::new);
    if (issuer.isPresent() && key.isPresent()) {
      throw new Invalid(
          ErrorCode.HEADER_REFUSED,
          Caller.ISSUER_HEADER + " and " + Caller.KEY_HEADER + " exclude each other");
    }
    return issuer
        .map(Credential::ofIssuer)
        .or(() -> key.map(Credential::ofKey))
        .orElse(Credential.API_KEY);
  }

  private static UUID issuer(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new Invalid(ErrorCode.HEADER_REFUSED, Caller.ISSUER_HEADER + " is a UUID");
    }
  }

  private static Set<Scope> scopes(String text) {
    return Arrays.stream(text.split(" ", -1))
        .filter(Scope::isScope)
        .map(Scope::new)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> single(MultiMap headers, String name) {
    List<String> sent = headers.getAll(name);
    if (sent.size() > 1) {
      throw new Invalid(ErrorCode.HEADER_REFUSED, "The header " + name + " may be sent only once");
    }
    return sent.stream().findFirst();
  }

  /** Only what an IPv4 or IPv6 address is made of is kept, as it ends up in logs. */
  private static boolean isAddress(String text) {
    return !text.isEmpty()
        && text.length() <= 64
        && text.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':');
  }
}
