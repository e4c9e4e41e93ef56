package dev.gatehouse.bench;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;

/**
 * A key pair, and the tokens that it signs.
 *
 * @param algorithm as {@code alg} names it
 */
record Signer(String algorithm, KeyPair pair) {

  private static final Base64.Encoder BASE64_URL = Base64.getUrlEncoder().withoutPadding();
  private static final long LIFETIME_SECONDS = 3_600;
  private static final int RSA_BITS = 2048;

  static Signer rs256() throws GeneralSecurityException {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
    pairs.initialize(RSA_BITS);
    return new Signer("RS256", pairs.generateKeyPair());
  }

  static Signer es256() throws GeneralSecurityException {
    KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
    pairs.initialize(new ECGenParameterSpec("secp256r1"));
    return new Signer("ES256", pairs.generateKeyPair());
  }

  static Signer edDsa() throws GeneralSecurityException {
    return new Signer("EdDSA", KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pair.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /**
   * A token that HAProxy and the gateway take alike.
   *
   * @param kid of the anchor
   * @param number makes it another one than those before
   */
  String token(String kid, String tenant, long number) throws GeneralSecurityException {
    String signed = signed(kid, tenant, number);
    Signature signature = open();
    signature.initSign(pair.getPrivate());
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + "." + BASE64_URL.encodeToString(signature.sign());
  }

  /** A token that is well-formed to the last octet, but that nobody has signed. */
  String forged(String kid, String tenant, long number, byte[] signature) {
    return signed(kid, tenant, number) + "." + BASE64_URL.encodeToString(signature);
  }

  private String signed(String kid, String tenant, long number) {
    long now = Instant.now().getEpochSecond();
    String header = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(algorithm, kid);
    String claims =
        "{\"sub\":\"tenant-%s\",\"aud\":\"%s\",\"iss\":\"%s\",\"iat\":%d,\"exp\":%d,\"jti\":\"%d\"}"
            .formatted(tenant, Tokens.AUDIENCE, Tokens.ISSUER, now, now + LIFETIME_SECONDS, number);
    return base64Url(header) + "." + base64Url(claims);
  }

  /** Amazon's provider signs RSA three times as fast, which matters for tens of thousands. */
  private Signature open() throws GeneralSecurityException {
    String name =
        switch (algorithm) {
          case "RS256" -> "SHA256withRSA";
          case "ES256" -> "SHA256withECDSAinP1363Format";
          default -> "Ed25519";
        };
    Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    return AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null
            && !algorithm.equals("EdDSA")
        ? Signature.getInstance(name, corretto)
        : Signature.getInstance(name);
  }

  private static String base64Url(String json) {
    return BASE64_URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
