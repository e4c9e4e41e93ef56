package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.Invalid;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the public keys of an upload: PEM text, a JWK or a JWKS, as JSON or as text. */
public final class PublicKeys {

  /** The most keys that one upload may hold. */
  public static final int MAX_KEYS = 50;

  private PublicKeys() {}

  /**
   * Reads an upload.
   *
   * @param upload a JSON string, or the JSON object of a JWK or JWKS
   * @return at least one key and at most {@value #MAX_KEYS}, no two the same
   * @throws Invalid when a single one of them is refused
   */
  public static List<VerificationKey> parse(JsonNode upload) {
    PrivateKeyMaterial.refuseIn(upload);
    List<VerificationKey> keys = upload.isTextual() ? ofText(upload.textValue()) : ofJson(upload);
    Set<VerificationKey> distinct = new HashSet<>(keys);
    if (distinct.size() < keys.size()) {
      throw invalid("The upload holds the same key twice");
    }
    return List.copyOf(keys);
  }

  private static List<VerificationKey> ofText(String text) {
    String stripped = text.strip();
    if (stripped.startsWith("{")) {
      return ofJson(QuietJson.parse(stripped).orElseThrow(PublicKeys::unknownForm));
    }
    if (Pem.isPem(stripped)) {
      return atMost(Pem.parse(stripped));
    }
    if (stripped.startsWith("ssh-")
        || stripped.startsWith("ecdsa-sha2-")
        || stripped.contains("BEGIN SSH2 PUBLIC KEY")) {
      throw invalid(
          "This is a public key in SSH form; send it as PEM: ssh-keygen -e -m PKCS8 -f key.pub");
    }
    throw unknownForm();
  }

  private static List<VerificationKey> ofJson(JsonNode json) {
    PrivateKeyMaterial.refuseIn(json);
    JsonNode set = json.path("keys");
    if (set.isMissingNode()) {
      return List.of(Jwk.parse(json).key());
    }
    if (!set.isArray() || set.isEmpty()) {
      throw invalid("The JWKS holds no key");
    }
    List<VerificationKey> keys = new ArrayList<>();
    for (JsonNode key : set) {
      keys.add(Jwk.parse(key).key());
      atMost(keys);
    }
    return keys;
  }

  private static List<VerificationKey> atMost(List<VerificationKey> keys) {
    if (keys.size() > MAX_KEYS) {
      throw invalid("An upload holds at most " + MAX_KEYS + " keys");
    }
    return keys;
  }

  private static Invalid unknownForm() {
    return invalid(
        "This is no public key in a known form; send PEM (-----BEGIN PUBLIC KEY-----), a JWK or a"
            + " JWKS");
  }
}
