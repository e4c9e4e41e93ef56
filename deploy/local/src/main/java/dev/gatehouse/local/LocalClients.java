package dev.gatehouse.local;

import com.nimbusds.oauth2.sdk.TokenRequest;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/**
 * What the identity provider says of the clients it knows. Others get the mock's usual token, which
 * carries none of our claims.
 */
final class LocalClients extends DefaultOAuth2TokenCallback {
  static final String ISSUER_ID = "default";
  static final String CLAIMS_NAMESPACE = "https://gatehouse.dev/claims";

  private static final Map<String, Map<String, Object>> CLAIMS =
      Map.of(
          "operator", Map.of("tenant_id", "*", "username", "operator"),
          "acme", Map.of("tenant_id", "acme", "username", "alice"));

  private final String audience;

  LocalClients(String audience) {
    super(ISSUER_ID);
    this.audience = audience;
  }

  @Override
  public List<String> audience(TokenRequest request) {
    return knows(request) ? List.of(audience) : super.audience(request);
  }

  @Override
  public Map<String, Object> addClaims(TokenRequest request) {
    return knows(request)
        ? Map.of(CLAIMS_NAMESPACE, CLAIMS.get(client(request)))
        : super.addClaims(request);
  }

  private static boolean knows(TokenRequest request) {
    return CLAIMS.containsKey(client(request));
  }

  private static String client(TokenRequest request) {
    if (request.getClientAuthentication() != null) {
      return request.getClientAuthentication().getClientID().getValue();
    }
    return request.getClientID() == null ? "" : request.getClientID().getValue();
  }
}
