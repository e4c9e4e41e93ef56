package dev.gatehouse.bench;

import dev.gatehouse.bench.Instance.Service;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Registers tenants with a key each, through the import that operators use. */
final class Fill {

  private static final int BATCH = 500;
  private static final String CREATED = "2026-01-01T00:00:00Z";

  private final Instance instance;

  Fill(Instance instance) {
    this.instance = instance;
  }

  static String tenant(int number) {
    return String.format("t%07d", number);
  }

  List<Row> run(int objects) throws Exception {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
    long started = System.nanoTime();
    for (int first = 0; first < objects; first += BATCH) {
      List<Map<String, Object>> tenants = new ArrayList<>();
      List<Map<String, Object>> keys = new ArrayList<>();
      for (int number = first; number < Math.min(objects, first + BATCH); number++) {
        UUID id = UUID.randomUUID();
        tenants.add(tenant(id, tenant(number)));
        keys.add(key(id, tenant(number), pairs.generateKeyPair().getPublic().getEncoded()));
      }
      instance.post(Service.TENANT_SERVICE, "/api/v1/registry/tenants", Map.of("entries", tenants));
      instance.post(Service.KEY_SERVICE, "/api/v1/registry/keys", Map.of("entries", keys));
    }
    return List.of(Row.of("import of them all", (System.nanoTime() - started) / 1e9, "s"));
  }

  private static Map<String, Object> tenant(UUID id, String name) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("kind", "tenant");
    entry.put("id", id);
    entry.put("name", name);
    entry.put("orgId", name);
    entry.put("status", "active");
    entry.put("createdAt", CREATED);
    return entry;
  }

  private static Map<String, Object> key(UUID ownerId, String owner, byte[] spki) throws Exception {
    String pem = pem(spki);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("kind", "key");
    entry.put("id", UUID.randomUUID());
    entry.put("keyId", thumbprint(spki));
    entry.put("publicKey", pem);
    entry.put("owner", owner);
    entry.put("ownerId", ownerId);
    entry.put("opstraceId", hex(MessageDigest.getInstance("SHA-1"), pem));
    entry.put("scopes", List.of("*:read", "*:write"));
    entry.put("createdAt", CREATED);
    return entry;
  }

  /** RFC 7638 and RFC 8037: the required members only, in order. */
  private static String thumbprint(byte[] spki) throws Exception {
    Base64.Encoder base64Url = Base64.getUrlEncoder().withoutPadding();
    String x = base64Url.encodeToString(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
    String jwk = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + x + "\"}";
    return base64Url.encodeToString(
        MessageDigest.getInstance("SHA-256").digest(jwk.getBytes(StandardCharsets.UTF_8)));
  }

  private static String pem(byte[] spki) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki)
        + "\n-----END PUBLIC KEY-----";
  }

  private static String hex(MessageDigest digest, String text) {
    return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
