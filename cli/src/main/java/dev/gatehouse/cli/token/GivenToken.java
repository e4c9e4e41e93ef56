package dev.gatehouse.cli.token;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A token that somebody has, as a compact JWS (RFC 7515 §7.1). It comes from a file or from
 * standard input, never from an argument, and never shows itself.
 */
public final class GivenToken {

  /** What an instance looks at. */
  private static final int MAX_LENGTH = 8 * 1024;

  private static final String STANDARD_INPUT = "-";

  private final String value;
  private final int payload;
  private final int signature;

  private GivenToken(String value, int payload, int signature) {
    this.value = value;
    this.payload = payload;
    this.signature = signature;
  }

  /**
   * The token alone, with whatever white space around it.
   *
   * @param file {@code -} for standard input
   */
  public static GivenToken read(Path file, Terminal terminal) {
    boolean piped = file.toString().equals(STANDARD_INPUT);
    byte[] content = piped ? terminal.readInput() : PrivateFile.read(file);
    return parse(
        new String(content, StandardCharsets.ISO_8859_1).strip(),
        piped ? "Standard input" : file.toString());
  }

  private static GivenToken parse(String text, String where) {
    int payload = text.indexOf('.') + 1;
    int signature = text.indexOf('.', payload) + 1;
    boolean threeParts = payload > 1 && signature > payload + 1 && signature < text.length();
    if (!threeParts || text.length() > MAX_LENGTH || !text.chars().allMatch(GivenToken::isPart)) {
      throw new Failure(
          where + " does not hold a token alone: three parts of base64url, joined by dots.");
    }
    return new GivenToken(text, payload, signature);
  }

  /** To send it where its bearer would. */
  public String value() {
    return value;
  }

  /**
   * What it is revoked by: SHA-256 of header and payload in hex, so another signature is no way
   * out.
   */
  public String hash() {
    byte[] signed = value.substring(0, signature - 1).getBytes(StandardCharsets.US_ASCII);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** When it ends by itself, if it says so (RFC 7519 §4.1.4). */
  public Optional<Instant> expiresAt() {
    return claims()
        .map(claims -> claims.path("exp"))
        .filter(exp -> exp.isNumber() && exp.canConvertToLong())
        .map(exp -> Instant.ofEpochSecond(exp.asLong()));
  }

  @Override
  public String toString() {
    return "GivenToken[" + hash() + "]";
  }

  private Optional<JsonNode> claims() {
    try {
      byte[] json = Base64.getUrlDecoder().decode(value.substring(payload, signature - 1));
      return Json.parse(new String(json, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isPart(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_'
        || c == '.';
  }
}
