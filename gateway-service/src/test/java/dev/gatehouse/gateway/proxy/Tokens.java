package dev.gatehouse.gateway.proxy;

import dev.gatehouse.gateway.trust.TrustBuilder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;

/** Mints tenant API tokens, apart from the code that verifies them. */
public final class Tokens {

  public static final KeyPair KEY = newKey();

  private Tokens() {}

  public static String of(String tenant) {
    return of(tenant, "");
  }

  /**
   * A token of an hour.
   *
   * @param scope what the token names; empty for nothing
   */
  public static String of(String tenant, String scope) {
    long now = Instant.now().getEpochSecond();
    return sign(
        "{\"sub\":\"tenant-"
            + tenant
            + "\",\"aud\":\"gatehouse-local\",\"iss\":\"gatehouse-cli\",\"iat\":"
            + now
            + ",\"exp\":"
            + (now + 3600)
            + (scope.isEmpty() ? "" : ",\"scope\":\"" + scope + "\"")
            + ",\"jti\":\""
            + System.nanoTime()
            + "\"}");
  }

  public static String expired(String tenant) {
    long then = Instant.now().getEpochSecond() - 7200;
    return sign(
        "{\"sub\":\"tenant-"
            + tenant
            + "\",\"aud\":\"gatehouse-local\",\"iss\":\"gatehouse-cli\",\"iat\":"
            + then
            + ",\"exp\":"
            + (then + 3600)
            + "}");
  }

  public static String sign(String claims) {
    return sign(TrustBuilder.thumbprint(KEY.getPublic()).value(), claims);
  }

  /** An access token of an issuer that has the same key, under the id {@code oidc}. */
  public static String oidc(String claims) {
    return sign("oidc", claims);
  }

  private static String sign(String kid, String claims) {
    String signed =
        base64("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + kid + "\"}")
            + "."
            + base64(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(KEY.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static KeyPair newKey() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
