package dev.gatehouse.common.apikey;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.Config;

/**
 * The key that the services share, {@code AUTH_API_KEY}, and during a rotation the one before it,
 * {@code AUTH_API_KEY_PREVIOUS}: calls are sent with the first and accepted with either.
 */
public final class AuthApiKey {

  public static final String HEADER = "X-API-Key";
  public static final int MIN_LENGTH = 32;
  public static final String KEY = "AUTH_API_KEY";
  public static final String PREVIOUS_KEY = "AUTH_API_KEY_PREVIOUS";

  private final String current;
  private final byte[] currentBytes;
  private final byte[] previousBytes;

  public AuthApiKey(String current, Optional<String> previous) {
    this.current = checked(KEY, current);
    this.currentBytes = bytes(current);
    // Without a previous key the current one is compared twice, so that time tells nothing.
    this.previousBytes =
        previous.map(key -> bytes(checked(PREVIOUS_KEY, key))).orElse(currentBytes);
  }

  /**
   * Reads the key from the configuration.
   *
   * @throws IllegalStateException when it is absent or too short; the process must not start
   */
  public static AuthApiKey from(Config config) {
    String current =
        config
            .getOptionalValue(KEY, String.class)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        KEY
                            + " is not set. Give all three services the same random value of at"
                            + " least "
                            + MIN_LENGTH
                            + " characters."));
    return new AuthApiKey(current, config.getOptionalValue(PREVIOUS_KEY, String.class));
  }

  /** Whether a caller's key is one of ours, in a time that does not depend on where it differs. */
  public boolean accepts(String candidate) {
    byte[] bytes = bytes(candidate);
    boolean isCurrent = MessageDigest.isEqual(currentBytes, bytes);
    boolean isPrevious = MessageDigest.isEqual(previousBytes, bytes);
    return isCurrent || isPrevious;
  }

  /** The value to send in {@link #HEADER}. */
  public String toSend() {
    return current;
  }

  /** A key of 32 bytes for one purpose, so that the API key itself signs nothing. */
  public byte[] derive(String purpose) {
    return hmac(currentBytes, purpose);
  }

  /** What {@link #derive} gave before a rotation; the same as now outside of one. */
  public byte[] derivePrevious(String purpose) {
    return hmac(previousBytes, purpose);
  }

  @Override
  public String toString() {
    return "AuthApiKey[hidden]";
  }

  private static String checked(String name, String value) {
    if (value.length() < MIN_LENGTH) {
      throw new IllegalStateException(
          name
              + " has "
              + value.length()
              + " characters. Give all three services the same random value of at least "
              + MIN_LENGTH
              + " characters.");
    }
    if (value.chars().anyMatch(c -> c <= 0x20 || c > 0x7e)) {
      throw new IllegalStateException(
          name + " has characters that an HTTP header cannot carry. Use printable ASCII only.");
    }
    return value;
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] hmac(byte[] key, String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
