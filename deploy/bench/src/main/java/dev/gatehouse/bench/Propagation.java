package dev.gatehouse.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.bench.Instance.Service;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** From a write until the gateway acts by it, under the load of nobody else. */
final class Propagation {

  private static final int ROUNDS = 100;
  private static final double BOUND_MILLIS = 250;
  private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();

  private final Instance instance;

  Propagation(Instance instance) {
    this.instance = instance;
  }

  List<Row> run() throws Exception {
    Times registered = new Times(ROUNDS);
    Times removed = new Times(ROUNDS);
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
    String prefix = "p" + Long.toString(System.nanoTime(), 36) + "-";
    for (int round = 0; round < ROUNDS; round++) {
      String tenant = prefix + round;
      KeyPair pair = pairs.generateKeyPair();
      long posted = System.nanoTime();
      instance.post(Service.TENANT_SERVICE, "/api/v1/tenants", Map.of("name", tenant));
      String key = trust(tenant, pair);
      untilStatus(tenant, token(tenant, key, pair), 200);
      registered.addNanos(System.nanoTime() - posted);

      long deleted = System.nanoTime();
      remove(key);
      untilStatus(tenant, token(tenant, key, pair), 401);
      removed.addNanos(System.nanoTime() - deleted);
    }
    return List.of(
        Row.of("POST tenant and key → 200, median", registered.median(), "ms"),
        Row.bounded("POST tenant and key → 200, p99", registered.percentile(0.99), "ms", 250),
        Row.of("DELETE key → 401, median", removed.median(), "ms"),
        Row.bounded("DELETE key → 401, p99", removed.percentile(0.99), "ms", BOUND_MILLIS));
  }

  private String trust(String tenant, KeyPair pair) throws Exception {
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    JsonNode added =
        instance.post(Service.KEY_SERVICE, "/api/v1/keys", Map.of("key", pem, "owner", tenant));
    return added.path("keys").path(0).path("id").asText();
  }

  private void remove(String key) throws Exception {
    HttpRequest request =
        instance.request(Service.KEY_SERVICE, "/api/v1/keys/" + key).DELETE().build();
    int status =
        instance.client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("DELETE of a key was answered " + status);
    }
  }

  private void untilStatus(String tenant, String token, int status) throws Exception {
    HttpRequest request =
        instance
            .request(Service.GATEWAY, "/api/v1/labels")
            .header("Host", "cortex." + tenant + ".localhost")
            .header("Authorization", "Bearer " + token)
            .build();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (instance.client().send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
        != status) {
      if (System.nanoTime() > deadline) {
        throw new IOException("The gateway does not answer " + status);
      }
    }
  }

  private static String token(String tenant, String key, KeyPair pair) throws Exception {
    long now = Instant.now().getEpochSecond();
    String claims =
        "{\"sub\":\"tenant-%s\",\"aud\":\"gatehouse-local\",\"iss\":\"bench\",\"iat\":%d,\"exp\":%d}"
            .formatted(tenant, now, now + 600);
    String signed =
        base64Url("{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"kid\":\"" + key + "\"}")
            + "."
            + base64Url(claims);
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64_URL.encodeToString(signature.sign());
  }

  private static String base64Url(String json) {
    return BASE64_URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
