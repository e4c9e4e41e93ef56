package dev.gatehouse.key.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.key.fetch.FetchFailure;
import dev.gatehouse.key.fetch.FetchFailure.Reason;
import dev.gatehouse.key.material.QuietJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** OpenID Connect Discovery 1.0: from an issuer to where its keys are. */
final class Discovery {

  private static final String WELL_KNOWN = "/.well-known/openid-configuration";

  private Discovery() {}

  /** §4: a slash at the end of the issuer is removed before the path is added. */
  static URI documentOf(String issuer) {
    String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    return URI.create(base + WELL_KNOWN);
  }

  /**
   * Reads the document.
   *
   * @throws FetchFailure when it is not the document of this issuer (§4.3)
   */
  static URI jwksUri(String issuer, String document) {
    JsonNode json =
        QuietJson.parse(document).orElseThrow(() -> notOne("The discovery document is not JSON"));
    if (!json.path("issuer").isTextual()) {
      throw notOne("The discovery document names no issuer");
    }
    if (!json.path("issuer").asText().equals(issuer)) {
      throw new FetchFailure(
          Reason.ISSUER_MISMATCH,
          "The discovery document names another issuer; a slash at the end counts");
    }
    URI jwks =
        uri(json.path("jwks_uri").asText())
            .orElseThrow(() -> notOne("The discovery document has no usable jwks_uri"));
    if (issuer.startsWith("https:") && !"https".equals(jwks.getScheme())) {
      throw notOne("The jwks_uri is not https, though the issuer is");
    }
    return jwks;
  }

  private static FetchFailure notOne(String message) {
    return new FetchFailure(Reason.NOT_A_DISCOVERY_DOCUMENT, message);
  }

  /** An absolute http or https address with a host and without user information. */
  static Optional<URI> uri(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && uri.getUserInfo() == null
          ? Optional.of(uri)
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
