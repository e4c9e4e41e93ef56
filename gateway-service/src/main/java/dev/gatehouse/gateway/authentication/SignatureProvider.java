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
    return jcaName ->
        provider.getService("Signature", jcaName) == null
            ? JDK.open(jcaName)
            : Signature.getInstance(jcaName, provider);
  }
}
