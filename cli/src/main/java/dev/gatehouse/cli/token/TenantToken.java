package dev.gatehouse.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.key.PrivateHalf;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a tenant API token says. It is signed as a compact JWS (RFC 7515 §7.1) by its owner, and no
 * service takes part.
 */
record TenantToken(
    Instance instance,
    TenantId tenant,
    Instant issuedAt,
    Lifetime lifetime,
    UUID id,
    List<Scope> scopes) {

  static final String ISSUER = "gatehouse-cli";

  TenantToken {
    if (tenant.isDefault()) {
      throw new IllegalArgumentException("a token is for one named tenant, never for _");
    }
    scopes = List.copyOf(scopes);
  }

  Instant expiresAt() {
    return issuedAt.plusSeconds(lifetime.seconds());
  }

  String signedBy(PrivateHalf key) {
    ObjectNode header =
        Json.object()
            .put("alg", key.algorithm())
            .put("typ", "JWT")
            .put("kid", key.publicHalf().id().value());
    String signed = base64url(header) + "." + base64url(claims());
    return signed + "." + base64url(key.sign(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  private ObjectNode claims() {
    ObjectNode claims =
        Json.object()
            .put("iss", ISSUER)
            .put("sub", "tenant-" + tenant)
            .put("aud", instance.audience())
            .put("iat", issuedAt.getEpochSecond())
            .put("exp", expiresAt().getEpochSecond())
            .put("jti", id.toString());
    if (!scopes.isEmpty()) {
      claims.put("scope", scopes.stream().map(Scope::value).collect(Collectors.joining(" ")));
    }
    return claims;
  }

  private static String base64url(JsonNode json) {
    return base64url(Json.compact(json).getBytes(StandardCharsets.UTF_8));
  }

  private static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
