package dev.gatehouse.common.feed;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * SHA-256 over the previous hash and a change, in lower-case hex: two histories never share one.
 */
public record FeedHash(@JsonValue String value) {

  /** The hash before the first change. */
  public static final FeedHash NONE = new FeedHash("0".repeat(64));

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public FeedHash {
    if (value.length() != 64 || !value.chars().allMatch(FeedHash::isHexDigit)) {
      throw new IllegalArgumentException("A feed hash has 64 lower-case hex digits");
    }
  }

  /** The hash after a change. {@code at} counts to the millisecond. */
  public FeedHash next(long revision, String kind, UUID id, Instant at, Optional<String> content) {
    String text =
        String.join(
            "\n",
            value,
            Long.toString(revision),
            kind,
            id.toString(),
            Long.toString(at.toEpochMilli()),
            content.map(json -> "+" + json).orElse("-"));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return new FeedHash(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isHexDigit(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
