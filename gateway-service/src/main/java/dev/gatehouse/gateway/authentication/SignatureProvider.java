package dev.gatehouse.gateway.authentication;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Signature;

/** Where implementations of signature algorithms come from. */
interface SignatureProvider {

  SignatureProvider JDK = Signature::getInstance;

  /**
   * A new one.
   *
   * @param jcaName as {@link Signature#getInstance(String)} knows it
   */
  Signature open(String jcaName) throws NoSuchAlgorithmException;

  /** Whether it is not the JDK's, but machine code of a library. */
  default boolean isNative(String jcaName) {
    return false;
  }

  /**
   * Amazon's where its native library loads, as it takes a tenth of the JDK's time for ECDSA; else
   * the JDK's.
   */
  static SignatureProvider preferred() {
    AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
    return corretto.getLoadingError() == null ? preferring(corretto) : JDK;
  }

  /** Takes what {@code provider} has from it, and the rest from the JDK. */
  static SignatureProvider preferring(Provider provider) {
    return new SignatureProvider() {
      @Override
      public Signature open(String jcaName) throws NoSuchAlgorithmException {
        return isNative(jcaName) ? Signature.getInstance(jcaName, provider) : JDK.open(jcaName);
      }

      @Override
      public boolean isNative(String jcaName) {
        return provider.getService("Signature", jcaName) != null;
      }
    };
  }
}
