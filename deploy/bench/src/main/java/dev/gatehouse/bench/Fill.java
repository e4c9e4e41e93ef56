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
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Registers tenants with a key each, through the import that operators use. */
final class Fill {

  private static final int BATCH = 250;
  private static final String CREATED = "2026-01-01T00:00:00Z";

  private final Instance instance;
  private int filled;
  private double seconds;

  Fill(Instance instance) {
    this.instance = instance;
  }

  static String tenant(int number) {
    return String.format("t%07d", number);
  }

  /** How many there are. */
  int filled() {
    return filled;
  }

  /** How long it has taken so far. */
  double seconds() {
    return seconds;
  }

  /** Registers what is missing to so many. */
  void upTo(int objects, Consumer<String> progress) throws Exception {
    if (objects <= filled) {
      return;
    }
    progress.accept(
        String.format(Locale.ROOT, "Registering %,d tenants and as many keys", objects - filled));
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("Ed25519");
    long started = System.nanoTime();
    while (filled < objects) {
      int end = Math.min(objects, filled + BATCH);
      List<Map<String, Object>> tenants = new ArrayList<>();
      List<Map<String, Object>> keys = new ArrayList<>();
      for (int number = filled; number < end; number++) {
        UUID id = UUID.randomUUID();
        tenants.add(tenant(id, tenant(number)));
        keys.add(key(id, tenant(number), pairs.generateKeyPair().getPublic().getEncoded()));
      }
      store(Service.TENANT_SERVICE, "/api/v1/registry/tenants", tenants, end == objects);
      store(Service.KEY_SERVICE, "/api/v1/registry/keys", keys, end == objects);
      filled = end;
    }
    seconds += (System.nanoTime() - started) / 1e9;
  }

  /** The last batches wait until the gateway has it all. */
  private void store(Service service, String path, List<Map<String, Object>> entries, boolean last)
      throws Exception {
    instance.postPatiently(service, path + (last ? "?wait=30s" : ""), Map.of("entries", entries));
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
