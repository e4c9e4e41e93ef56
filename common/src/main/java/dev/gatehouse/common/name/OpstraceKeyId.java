package dev.gatehouse.common.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The id under which an Opstrace instance knew a public key: lower-case hex SHA-1 of its PEM text.
 * It is an alias in tokens and never identifies a key by itself: SHA-1 collides, so the key that it
 * names is always compared by its {@link KeyId} too.
 */
public record OpstraceKeyId(@JsonValue String value) {

  public static final int LENGTH = 40;
  private static final int PEM_COLUMNS = 64;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OpstraceKeyId {
    if (!isHexSha1(value)) {
      throw new Invalid(
          ErrorCode.KEY_ID_INVALID, "An Opstrace key id has " + LENGTH + " lower-case hex digits");
    }
  }

  /** Computes the id from a DER SubjectPublicKeyInfo; inner newlines kept, no trailing newline. */
  @SuppressWarnings("InsecureCryptoUsage") // The alias is SHA-1 by definition.
  public static OpstraceKeyId of(byte[] subjectPublicKeyInfo) {
    String body =
        Base64.getMimeEncoder(PEM_COLUMNS, new byte[] {'\n'}).encodeToString(subjectPublicKeyInfo);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----";
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(pem.getBytes(StandardCharsets.US_ASCII));
      return new OpstraceKeyId(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static boolean isHexSha1(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}
