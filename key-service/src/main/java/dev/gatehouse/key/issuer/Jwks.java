package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.common.feed.TrustedKey;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import dev.gatehouse.key.material.Jwk;
import dev.gatehouse.key.material.QuietJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What can be used of a provider's JWKS. A key that cannot is passed by and never spoils the rest:
 * providers publish keys for encryption, and of kinds yet to come, beside those for signatures.
 *
 * @param keys those with an id of their own; of two with the same id the first
 * @param skipped why others were passed by, one sentence each
 */
record Jwks(List<TrustedKey> keys, List<String> skipped) {

  static final int MAX_KEYS = 50;
  static final int MAX_KID_LENGTH = 256;

  Jwks {
    keys = List.copyOf(keys);
    skipped = List.copyOf(skipped);
  }

  /**
   * Reads a JWKS.
   *
   * @param acceptPublished whether keys may be in it whose private halves everybody has
   * @throws FetchFailure when it is none, or has more than {@value #MAX_KEYS} keys
   */
  static Jwks parse(String text, boolean acceptPublished) {
    JsonNode set =
        QuietJson.parse(text)
            .map(json -> json.path("keys"))
            .filter(JsonNode::isArray)
            .orElseThrow(
                () ->
                    new FetchFailure(Reason.NOT_A_JWKS, "The JWKS is not a JSON object with keys"));
    if (set.size() > MAX_KEYS) {
      throw new FetchFailure(Reason.TOO_LARGE, "The JWKS has more than " + MAX_KEYS + " keys");
    }
    Map<String, TrustedKey> keys = new LinkedHashMap<>();
    List<String> skipped = new ArrayList<>();
    for (JsonNode key : set) {
      try {
        TrustedKey trusted = trusted(Jwk.parse(key), acceptPublished);
        if (keys.putIfAbsent(trusted.kid(), trusted) != null) {
          skipped.add("Another key has the same kid");
        }
      } catch (Invalid e) {
        skipped.add(e.detail());
      }
    }
    return new Jwks(List.copyOf(keys.values()), skipped);
  }

  private static TrustedKey trusted(Jwk jwk, boolean acceptPublished) {
    if (!acceptPublished && PublishedKeys.has(jwk.key())) {
      throw new Invalid(
          ErrorCode.KEY_INVALID,
          "The private half of a key is published with mock-oauth2-server, so anybody could sign"
              + " with it (gatehouse.oidc.accept-published-keys)");
    }
    String kid = jwk.kid().orElse("");
    if (kid.isEmpty() || kid.length() > MAX_KID_LENGTH) {
      throw new Invalid(
          ErrorCode.KEY_INVALID, "The JWK has no kid of 1 to " + MAX_KID_LENGTH + " characters");
    }
    return new TrustedKey(
        kid, Base64.getEncoder().encodeToString(jwk.key().subjectPublicKeyInfo()), jwk.alg());
  }
}
