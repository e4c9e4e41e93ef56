package dev.gatehouse.key.material;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Objects;

/** Public keys from {@code src/test/resources/keys}, made by openssl, and key pairs made here. */
public final class TestKeys {

  private TestKeys() {}

  /** The text of a committed public key file. */
  public static String file(String name) {
    try (InputStream in =
        Objects.requireNonNull(TestKeys.class.getResourceAsStream("/keys/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String publicKey(String name) {
    return file(name + ".pem");
  }

  public static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static KeyPair pair(String algorithm) {
    try {
      return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** A public key that nobody has seen before. */
  public static String newPublicKey() {
    return pem("PUBLIC KEY", ec().getPublic().getEncoded());
  }

  static VerificationKey parse(String text) {
    return PublicKeys.parse(json(text)).get(0);
  }

  static JsonNode json(String text) {
    return JsonNodeFactory.instance.textNode(text);
  }
}
