package dev.gatehouse.key.material;

import static dev.gatehouse.key.material.KeyRefusals.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Optional;

/**
 * A public JSON Web Key (RFC 7517) for signatures.
 *
 * @param alg the one algorithm that it is for, if it says so; always one that fits the key
 */
public record Jwk(VerificationKey key, Optional<String> kid, Optional<String> alg) {

  /** RFC 9864 gives EdDSA with Ed25519 a name of its own; both mean the same here. */
  private static final String ED25519_ALGORITHM = "Ed25519";

  public Jwk {
    if (alg.isPresent() && !key.signatureAlgorithms().contains(alg.get())) {
      throw invalid("The alg of the JWK does not fit its key, or is not for signatures");
    }
  }

  /**
   * Reads a JWK.
   *
   * @throws dev.gatehouse.common.error.Invalid when it is not a public signing key of an accepted
   *     kind
   */
  public static Jwk parse(JsonNode json) {
    if (!json.isObject()) {
      throw invalid("A JWK is a JSON object");
    }
    PrivateKeyMaterial.refuseIn(json);
    checkUse(json);
    VerificationKey key =
        switch (required(json, "kty")) {
          case "RSA" -> new RsaKey(number(json, "n"), number(json, "e"));
          case "EC" -> ec(json);
          case "OKP" -> okp(json);
          case "oct" ->
              throw invalid("The JWK is a symmetric key (oct), which can never be public");
          default -> throw invalid("The kty of a JWK must be RSA, EC or OKP");
        };
    Optional<String> alg =
        text(json, "alg").map(name -> name.equals(ED25519_ALGORITHM) ? "EdDSA" : name);
    return new Jwk(key, text(json, "kid"), alg);
  }

  private static EcKey ec(JsonNode json) {
    Curve curve =
        Curve.ofJwkName(required(json, "crv"))
            .orElseThrow(() -> invalid("The crv of an EC JWK must be P-256, P-384 or P-521"));
    return new EcKey(curve, coordinate(json, "x", curve), coordinate(json, "y", curve));
  }

  private static Ed25519Key okp(JsonNode json) {
    if (!required(json, "crv").equals("Ed25519")) {
      throw invalid("The crv of an OKP JWK must be Ed25519; X25519 and X448 cannot sign");
    }
    return Ed25519Key.ofOctets(octets(json, "x"));
  }

  /** RFC 7517 §4.2 and §4.3. */
  private static void checkUse(JsonNode json) {
    if (!text(json, "use").orElse("sig").equals("sig")) {
      throw invalid("The JWK is not for signatures: its use is not sig");
    }
    JsonNode operations = json.path("key_ops");
    if (operations.isMissingNode() || operations.isNull()) {
      return;
    }
    for (JsonNode operation : operations) {
      if (operation.asText().equals("verify")) {
        return;
      }
    }
    throw invalid("The JWK is not for verification: its key_ops lack verify");
  }

  /** Leading zeros may be missing, as some providers leave them out against RFC 7518 §6.2.1.2. */
  private static BigInteger coordinate(JsonNode json, String member, Curve curve) {
    byte[] octets = octets(json, member);
    if (octets.length > curve.coordinateLength()) {
      throw invalid("The " + member + " of the JWK is too long for its curve");
    }
    return new BigInteger(1, octets);
  }

  private static BigInteger number(JsonNode json, String member) {
    return new BigInteger(1, octets(json, member));
  }

  private static byte[] octets(JsonNode json, String member) {
    try {
      return Base64.getUrlDecoder().decode(required(json, member));
    } catch (IllegalArgumentException e) {
      throw invalid("The " + member + " of the JWK is not base64url");
    }
  }

  private static String required(JsonNode json, String member) {
    return text(json, member).orElseThrow(() -> invalid("The JWK has no " + member));
  }

  private static Optional<String> text(JsonNode json, String member) {
    JsonNode value = json.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid("The " + member + " of the JWK is not a string");
    }
    return Optional.of(value.textValue());
  }
}
