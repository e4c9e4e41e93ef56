package dev.gatehouse.gateway.authentication;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Unauthenticated;
import dev.gatehouse.common.error.Unavailable;
import dev.gatehouse.gateway.trust.Trust;
import dev.gatehouse.gateway.trust.TrustSource;
import dev.gatehouse.gateway.trust.UnknownKeys;
import dev.gatehouse.gateway.trust.VerificationKey;
import java.util.Optional;

/**
 * Verifies a token from scratch. Takes up to a millisecond of CPU and never waits. The trust may
 * change meanwhile, so what comes out is no answer yet: that is had from {@link Outcome#under}
 * alone, which holds it against the trust of the moment.
 */
final class TokenVerifier {

  private static final Outcome KEY_PENDING =
      RefusedToken.once(
          new Unavailable(
              ErrorCode.KEY_PENDING, "The token's key is being fetched from its issuer"));

  private final TrustSource trusted;
  private final UnknownKeys unknownKeys;
  private final TokenRules rules;
  private final KeyAlgorithms keyAlgorithms = new KeyAlgorithms();
  private final Signatures signatures;

  TokenVerifier(
      TrustSource trusted, UnknownKeys unknownKeys, TokenRules rules, Signatures signatures) {
    this.trusted = trusted;
    this.unknownKeys = unknownKeys;
    this.rules = rules;
    this.signatures = signatures;
  }

  Outcome verify(String text) {
    UnverifiedToken token;
    try {
      token = TokenParser.parse(text);
    } catch (Unauthenticated refusal) {
      return RefusedToken.always(refusal);
    }
    return verify(token);
  }

  /** The same, or empty if that takes longer than {@link Signatures#isQuick}. */
  Optional<Outcome> verifyQuickly(String text) {
    UnverifiedToken token;
    try {
      token = TokenParser.parse(text);
    } catch (Unauthenticated refusal) {
      return Optional.of(RefusedToken.always(refusal));
    }
    Trust trust = trusted.current();
    Standing standing = rules.standing(token.facts(), trust);
    return isQuick(token, standing)
        ? Optional.of(judge(token, standing, trust.generation()))
        : Optional.empty();
  }

  private boolean isQuick(UnverifiedToken token, Standing standing) {
    if (standing instanceof Standing.Good good) {
      return isQuick(token, good.key());
    }
    return standing instanceof Standing.Bad bad
        && (bad.key().isEmpty() || isQuick(token, bad.key().get()));
  }

  /** What its key does not allow is refused before a signature is looked at. */
  private boolean isQuick(UnverifiedToken token, VerificationKey key) {
    Algorithm algorithm = token.facts().algorithm();
    return !keyAlgorithms.allow(key, algorithm) || signatures.isQuick(algorithm, key.publicKey());
  }

  private Outcome verify(UnverifiedToken token) {
    Trust trust = trusted.current();
    Standing standing = rules.standing(token.facts(), trust);
    if (standing instanceof Standing.KeyMissing missing) {
      if (unknownKeys.report(missing.issuer(), token.facts().kid())
          == UnknownKeys.Verdict.PENDING) {
        return KEY_PENDING;
      }
      // The answer to the report may have come with the key, after the look above.
      trust = trusted.current();
      standing = rules.standing(token.facts(), trust);
    }
    return judge(token, standing, trust.generation());
  }

  private Outcome judge(UnverifiedToken token, Standing standing, long generation) {
    if (standing instanceof Standing.Good good) {
      Optional<Unauthenticated> flaw = signatureFlaw(token, good.key());
      return flaw.isPresent()
          ? refused(flaw.get(), generation)
          : new VerifiedToken(token.facts(), rules, generation, good);
    }
    if (standing instanceof Standing.Bad bad) {
      Optional<Unauthenticated> flaw = bad.key().flatMap(key -> signatureFlaw(token, key));
      return refused(flaw.orElse(bad.refusal()), generation);
    }
    return refused(
        new Unauthenticated(ErrorCode.KEY_UNKNOWN, "The token's issuer has no such key"),
        generation);
  }

  private Optional<Unauthenticated> signatureFlaw(UnverifiedToken token, VerificationKey key) {
    if (!keyAlgorithms.allow(key, token.facts().algorithm())) {
      return Optional.of(
          new Unauthenticated(
              ErrorCode.ALGORITHM_REFUSED, "The token's algorithm is not one of its key"));
    }
    return signatures.holds(token, key.publicKey())
        ? Optional.empty()
        : Optional.of(
            new Unauthenticated(
                ErrorCode.SIGNATURE_INVALID, "The token's signature is not of its key"));
  }

  private static Outcome refused(Unauthenticated refusal, long generation) {
    return RefusedToken.underTrustOf(generation, refusal);
  }
}
