package dev.gatehouse.gateway.trust;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Set;

/**
 * Makes keys of their DER. Where Amazon's provider verifies signatures it also makes the keys, so
 * that it need not read each of them anew for each signature.
 */
final class KeyParser {

  private static final Set<String> OF_CORRETTO = Set.of("RSA", "EC");
  private static final boolean CORRETTO =
      AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError() == null;

  private KeyParser() {}

  /**
   * @param type as {@link KeyFactory#getInstance(String)} knows it
   * @throws GeneralSecurityException when the bytes are no valid key of that type
   */
  static PublicKey parse(String type, byte[] spki) throws GeneralSecurityException {
    return factory(type).generatePublic(new X509EncodedKeySpec(spki));
  }

  private static KeyFactory factory(String type) throws GeneralSecurityException {
    Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    return CORRETTO && OF_CORRETTO.contains(type)
        ? KeyFactory.getInstance(type, corretto)
        : KeyFactory.getInstance(type);
  }
}
