package dev.gatehouse.gateway.authentication;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.gateway.authentication.Claims.NamedScopes;
import dev.gatehouse.gateway.authentication.Claims.TenantClaims;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** Takes the claims that mean something out of a payload, in one pass. */
final class ClaimsReader implements StrictJson.Member {

  /** 9999-12-31T23:59:59Z, in seconds since the epoch. */
  private static final long MAX_DATE = 253_402_300_799L;

  private @Nullable String issuer;
  private @Nullable String subject;
  private @Nullable String tokenId;
  private List<String> audience = List.of();
  private @Nullable Instant expiresAt;
  private @Nullable Instant notBefore;
  private @Nullable Instant issuedAt;
  private final Set<Scope> scopes = new HashSet<>();
  private boolean scopesClaimed;
  private boolean permissionsClaimed;
  private final TenantClaimsReader topLevel = new TenantClaimsReader();
  private final Map<String, TenantClaims> namespaces = new HashMap<>();

  private ClaimsReader() {}

  static Claims read(byte[] utf8) {
    ClaimsReader reader = new ClaimsReader();
    try {
      StrictJson.read(utf8, reader);
    } catch (IOException e) {
      throw TokenParser.malformed("The token's payload is not a JSON object of unique names");
    }
    return reader.claims();
  }

  @Override
  public void read(String name, JsonParser value) throws IOException {
    switch (name) {
      case "iss" -> issuer = text(name, value);
      case "sub" -> subject = text(name, value);
      case "jti" -> tokenId = text(name, value);
      case "aud" -> audience = texts(name, value);
      case "exp" -> expiresAt = date(name, value);
      case "nbf" -> notBefore = date(name, value);
      case "iat" -> issuedAt = date(name, value);
      case "scope", "scp", "permissions" -> scopes(name, value);
      // RFC 8725 §3.12: an ID token or a security event (RFC 8417) is not for access.
      case "nonce", "at_hash", "events" ->
          throw Claims.invalid("The token was made for another purpose than access");
      default -> other(name, value);
    }
  }

  private Claims claims() {
    if (expiresAt == null) {
      throw Claims.invalid("The token has no exp");
    }
    return new Claims(
        Optional.ofNullable(issuer),
        Optional.ofNullable(subject),
        Optional.ofNullable(tokenId),
        audience,
        expiresAt,
        Optional.ofNullable(notBefore),
        Optional.ofNullable(issuedAt),
        new NamedScopes(scopes, scopesClaimed, permissionsClaimed),
        topLevel.claims(),
        namespaces);
  }

  private void other(String name, JsonParser value) throws IOException {
    if (value.currentToken() != JsonToken.START_OBJECT) {
      topLevel.read(name, value);
      return;
    }
    if (TenantClaimsReader.reads(name)) {
      topLevel.read(name, value);
      return;
    }
    TenantClaimsReader inside = new TenantClaimsReader();
    StrictJson.members(value, inside);
    if (inside.foundSome()) {
      namespaces.put(name, inside.claims());
    }
  }

  private void scopes(String name, JsonParser value) throws IOException {
    scopesClaimed = true;
    permissionsClaimed |= name.equals("permissions");
    for (String text : texts(name, value)) {
      for (StringTokenizer words = new StringTokenizer(text, " "); words.hasMoreTokens(); ) {
        String word = words.nextToken();
        if (Scope.isScope(word)) {
          scopes.add(new Scope(word));
        }
      }
    }
  }

  private static String text(String name, JsonParser value) throws IOException {
    return StrictJson.string(value).orElseThrow(() -> Claims.invalid(name + " is not a string"));
  }

  private static List<String> texts(String name, JsonParser value) throws IOException {
    return StrictJson.strings(value)
        .orElseThrow(() -> Claims.invalid(name + " is neither a string nor an array of strings"));
  }

  /** A NumericDate (RFC 7519 §2); a fraction of a second is cut off. */
  private static Instant date(String name, JsonParser value) throws IOException {
    if (!value.currentToken().isNumeric()) {
      throw Claims.invalid(name + " is not a number");
    }
    double seconds = value.getDoubleValue();
    if (!(seconds >= 0 && seconds <= MAX_DATE)) {
      throw Claims.invalid(name + " is not a date between 1970 and 9999");
    }
    return Instant.ofEpochSecond((long) seconds);
  }

  private static final class TenantClaimsReader implements StrictJson.Member {

    private Optional<List<String>> tenants = Optional.empty();
    private Optional<String> username = Optional.empty();
    private boolean wellFormed = true;

    static boolean reads(String name) {
      return name.equals("tenant_id") || name.equals("username");
    }

    @Override
    public void read(String name, JsonParser value) throws IOException {
      switch (name) {
        case "tenant_id" -> {
          tenants = StrictJson.strings(value);
          wellFormed &= tenants.isPresent();
        }
        case "username" -> {
          username = StrictJson.string(value);
          wellFormed &= username.isPresent();
        }
        default -> value.skipChildren();
      }
    }

    boolean foundSome() {
      return tenants.isPresent() || username.isPresent() || !wellFormed;
    }

    TenantClaims claims() {
      return foundSome() ? new TenantClaims(tenants, username, wellFormed) : TenantClaims.NONE;
    }
  }
}
