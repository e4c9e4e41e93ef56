package dev.gatehouse.gateway.authentication;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks signatures. What a key may be used for has been decided before, by {@link KeyAlgorithms}.
 * Each thread keeps what it checks with: making a new one costs a third of checking an RSA
 * signature.
 */
final class Signatures {

  private final SignatureProvider provider;
  private final Set<Algorithm> natively = EnumSet.noneOf(Algorithm.class);
  private final ThreadLocal<Map<Algorithm, Signature>> kept =
      ThreadLocal.withInitial(() -> new EnumMap<>(Algorithm.class));

  Signatures(SignatureProvider provider) {
    this.provider = provider;
    for (Algorithm algorithm : Algorithm.values()) {
      if (provider.isNative(algorithm.jcaName())) {
        natively.add(algorithm);
      }
    }
  }

  boolean holds(UnverifiedToken token, PublicKey key) {
    Algorithm algorithm = token.facts().algorithm();
    if (!algorithm.keyType().isWellFormed(token.signature(), key)) {
      return false;
    }
    // Taken away, and only brought back when nothing failed: no trace of a failure stays in it.
    Signature signature = kept.get().remove(algorithm);
    try {
      signature = signature == null ? open(algorithm) : signature;
      signature.initVerify(key);
      signature.update(token.signingInput());
      boolean holds = signature.verify(token.signature());
      kept.get().put(algorithm, signature);
      return holds;
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Cannot verify " + algorithm.joseName(), e);
    }
  }

  /** Whether checking it takes less than a tenth of a millisecond of CPU. */
  boolean isQuick(Algorithm algorithm, PublicKey key) {
    return algorithm.keyType().isQuick(key, natively.contains(algorithm));
  }

  private Signature open(Algorithm algorithm) throws GeneralSecurityException {
    Signature signature = provider.open(algorithm.jcaName());
    AlgorithmParameterSpec parameters = algorithm.parameters();
    if (parameters != null) {
      signature.setParameter(parameters);
    }
    return signature;
  }
}
