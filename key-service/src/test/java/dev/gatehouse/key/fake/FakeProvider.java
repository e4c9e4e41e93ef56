package dev.gatehouse.key.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.gatehouse.key.material.TestKeys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An identity provider: discovery and keys, which can be changed and broken. */
public final class FakeProvider extends FakeServer {

  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger fetches = new AtomicInteger();
  private volatile String jwks = set();
  private volatile int status = 200;
  private volatile @Nullable String location;
  private volatile @Nullable String jwksUri;
  private volatile boolean silent;
  private volatile @Nullable String issuer;

  public String issuer() {
    return address() + "/default";
  }

  public void publish(String... keys) {
    jwks = set(keys);
  }

  public void answerWith(int status) {
    this.status = status;
  }

  /** Another one, on a port of its own. */
  public static FakeProvider started() {
    FakeProvider provider = new FakeProvider();
    provider.start();
    return provider;
  }

  /** Takes requests and never answers them. */
  public void fallSilent() {
    silent = true;
  }

  /** Where its discovery document says that its keys are. */
  public void nameKeysAt(String uri) {
    jwksUri = uri;
  }

  /** How often it was asked for anything. */
  public int requests() {
    return requests.get();
  }

  /** Sends everybody on. */
  public void redirectTo(String elsewhere) {
    location = elsewhere;
  }

  /** What its discovery document says that it is. */
  public void pretendToBe(@Nullable String issuer) {
    this.issuer = issuer;
  }

  /** How often its keys were asked for. */
  public int fetches() {
    return fetches.get();
  }

  /** A key that nobody has seen before. */
  public static String newKey(String kid) {
    ECPublicKey key = (ECPublicKey) TestKeys.ec().getPublic();
    return "{\"kid\":\"%s\",\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"%s\",\"y\":\"%s\"}"
        .formatted(kid, coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
  }

  @Override
  void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String elsewhere = location;
    if (silent) {
      return;
    }
    if (elsewhere != null) {
      answer(exchange, 302, "", Map.of("Location", elsewhere));
    } else if (exchange.getRequestURI().getPath().endsWith("/.well-known/openid-configuration")) {
      String named = issuer;
      String keys = jwksUri;
      answer(
          exchange,
          status,
          "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}"
              .formatted(
                  named == null ? issuer() : named, keys == null ? address() + "/jwks" : keys),
          Map.of());
    } else {
      fetches.incrementAndGet();
      answer(exchange, status, jwks, Map.of("Cache-Control", "max-age=600"));
    }
  }

  private static String set(String... keys) {
    return "{\"keys\":[" + String.join(",", keys) + "]}";
  }

  private static String coordinate(BigInteger value) {
    byte[] bytes = value.toByteArray();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(trimmed(bytes));
  }

  private static byte[] trimmed(byte[] bytes) {
    return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }
}
