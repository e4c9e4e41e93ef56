package dev.gatehouse.gateway.authentication;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.gatehouse.gateway.trust.VerificationKey;
import java.security.PublicKey;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which algorithms a key is good for, found out once per key: the token only says which of them it
 * used (RFC 8725 §3.1).
 */
final class KeyAlgorithms {

  private final Cache<VerificationKey, Set<Algorithm>> known =
      Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

  boolean allow(VerificationKey key, Algorithm algorithm) {
    return known.get(key, KeyAlgorithms::of).contains(algorithm);
  }

  private static Set<Algorithm> of(VerificationKey key) {
    try {
      return of(key.publicKey(), key.algorithm());
    } catch (IllegalArgumentException e) {
      return Set.of();
    }
  }

  /**
   * @param named the one algorithm that the key's JWK names
   */
  static Set<Algorithm> of(PublicKey key, Optional<String> named) {
    Optional<KeyType> type = KeyType.of(key);
    Set<Algorithm> algorithms = EnumSet.allOf(Algorithm.class);
    algorithms.removeIf(
        algorithm ->
            !type.equals(Optional.of(algorithm.keyType()))
                || !named.orElse(algorithm.joseName()).equals(algorithm.joseName()));
    return algorithms;
  }
}
