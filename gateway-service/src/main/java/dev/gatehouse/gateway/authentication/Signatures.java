package dev.gatehouse.gateway.authentication;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;

/**
 * Checks signatures. What a key may be used for has been decided before, by {@link KeyAlgorithms}.
 */
final class Signatures {

  private final SignatureProvider provider;

  Signatures(SignatureProvider provider) {
    this.provider = provider;
  }

  boolean holds(UnverifiedToken token, PublicKey key) {
    Algorithm algorithm = token.facts().algorithm();
    if (!algorithm.keyType().isWellFormed(token.signature(), key)) {
      return false;
    }
    try {
      Signature signature = provider.open(algorithm.jcaName());
      AlgorithmParameterSpec parameters = algorithm.parameters();
      if (parameters != null) {
        signature.setParameter(parameters);
      }
      signature.initVerify(key);
      signature.update(token.signingInput());
      return signature.verify(token.signature());
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot verify " + algorithm.joseName(), e);
    }
  }
}
