package dev.gatehouse.common.caller;

import dev.gatehouse.common.name.KeyId;
import java.util.Optional;
import java.util.UUID;

/**
 * How a caller has proven who it is.
 *
 * @param issuer the registration of the issuer of its access token
 * @param key the thumbprint of the key that signed its tenant API token
 */
public record Credential(Means means, Optional<UUID> issuer, Optional<KeyId> key) {

  /** A call that came without the gateway. */
  public static final Credential API_KEY =
      new Credential(Means.API_KEY, Optional.empty(), Optional.empty());

  /** What a service does by itself, with nobody asking. */
  public static final Credential SERVICE =
      new Credential(Means.SERVICE, Optional.empty(), Optional.empty());

  /** What stands in the audit. */
  public enum Means {
    OIDC("oidc"),
    TENANT_TOKEN("tenant-token"),
    API_KEY("api-key"),
    SERVICE("service");

    private final String text;

    Means(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  public static Credential ofIssuer(UUID issuer) {
    return new Credential(Means.OIDC, Optional.of(issuer), Optional.empty());
  }

  public static Credential ofKey(KeyId key) {
    return new Credential(Means.TENANT_TOKEN, Optional.empty(), Optional.of(key));
  }
}
