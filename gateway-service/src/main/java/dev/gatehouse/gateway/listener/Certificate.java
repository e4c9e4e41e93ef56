package dev.gatehouse.gateway.listener;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/**
 * A certificate and its key, which have been found to belong together. Equal to one that was read
 * from the same bytes.
 */
record Certificate(Buffer certificates, Buffer key, X509Certificate leaf) {

  /** The files cannot be used; the message says why. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }

    Unusable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /**
   * Reads and tries both.
   *
   * @throws Unusable also when the files are just being replaced and do not fit each other
   */
  static Certificate read(Vertx vertx, Path certificate, Path key) throws Unusable {
    try {
      Buffer certificates = Buffer.buffer(Files.readAllBytes(certificate));
      Buffer secret = Buffer.buffer(Files.readAllBytes(key));
      X509KeyManager keys = keys(vertx, options(certificates, secret));
      String alias = keys.getServerAliases(anyAlgorithm(keys), null)[0];
      X509Certificate leaf = keys.getCertificateChain(alias)[0];
      leaf.checkValidity();
      tryOut(keys.getPrivateKey(alias), leaf.getPublicKey());
      return new Certificate(certificates, secret, leaf);
    } catch (IOException e) {
      throw new Unusable("cannot be read: " + e.getMessage(), e);
    } catch (GeneralSecurityException e) {
      throw new Unusable(e.getMessage() == null ? e.toString() : e.getMessage(), e);
    } catch (Unusable e) {
      throw e;
    } catch (Exception e) {
      // Vert.x declares Exception, and throws whatever its parsers do.
      throw new Unusable("are no certificate and private key in PEM", e);
    }
  }

  PemKeyCertOptions options() {
    return options(certificates, key);
  }

  private static PemKeyCertOptions options(Buffer certificates, Buffer key) {
    return new PemKeyCertOptions().setCertValue(certificates).setKeyValue(key);
  }

  private static X509KeyManager keys(Vertx vertx, PemKeyCertOptions options) throws Exception {
    for (KeyManager manager : options.getKeyManagerFactory(vertx).getKeyManagers()) {
      if (manager instanceof X509KeyManager keys) {
        return keys;
      }
    }
    throw new Unusable("hold no X.509 certificate");
  }

  private static String anyAlgorithm(X509KeyManager keys) throws Unusable {
    for (String algorithm : new String[] {"RSA", "EC", "Ed25519", "EdDSA"}) {
      String[] aliases = keys.getServerAliases(algorithm, null);
      if (aliases != null && aliases.length > 0) {
        return algorithm;
      }
    }
    throw new Unusable("hold no key that TLS can use");
  }

  private static void tryOut(PrivateKey key, PublicKey certified)
      throws GeneralSecurityException, Unusable {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    byte[] text = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certified);
    verifying.update(text);
    if (!verifying.verify(signature)) {
      throw new Unusable("do not belong together: the key is not the certificate's");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Certificate that
        && certificates.equals(that.certificates)
        && key.equals(that.key);
  }

  @Override
  public int hashCode() {
    return certificates.hashCode();
  }

  @Override
  public String toString() {
    return "certificate of " + leaf.getSubjectX500Principal() + " until " + leaf.getNotAfter();
  }
}
