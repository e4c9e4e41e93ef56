package dev.gatehouse.local;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** An identity provider of a test's own: it can be away, and change its key. */
final class OwnProvider implements AutoCloseable {
  private static final Duration LIFETIME = Duration.ofHours(1);

  private final int port = FurtherService.freePort();
  private volatile ECKey key = newKey();
  private HttpServer server;

  OwnProvider() throws IOException {
    server = serve();
  }

  String issuer() {
    return "http://127.0.0.1:" + port;
  }

  /** How the key-service is told to trust it under that name, for every tenant. */
  Map<String, String> as(String name) {
    String prefix = "gatehouse.issuers." + name + ".";
    return Map.of(
        prefix + "url", issuer(),
        prefix + "audience", "gatehouse-local",
        prefix + "may-speak-for", "*");
  }

  /** Signed with the key of the moment. */
  String token(String tenant) {
    Instant now = Instant.now();
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject("somebody")
                .audience("gatehouse-local")
                .claim("tenant_id", tenant)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .build());
    try {
      token.sign(new ECDSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The former one is not published any more. */
  void changeKey() {
    key = newKey();
  }

  void goAway() {
    server.stop(0);
  }

  void comeBack() throws IOException {
    server = serve();
  }

  @Override
  public void close() {
    goAway();
  }

  private HttpServer serve() throws IOException {
    HttpServer next =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    next.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/jwks\"}".formatted(issuer(), issuer())));
    next.createContext(
        "/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
    next.start();
    return next;
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(UUID.randomUUID().toString()).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
