package dev.gatehouse.gateway.authentication;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Mints tokens with nothing but the JDK, independently of everything that Gatehouse mints or
 * verifies with, and as wrong as a test wishes.
 */
final class Mint {

  private final PrivateKey key;
  private final String algorithm;
  private final Map<String, String> header = new LinkedHashMap<>();
  private final Map<String, String> claims = new LinkedHashMap<>();
  private @Nullable String wholeHeader;
  private @Nullable String wholePayload;

  private Mint(KeyPair pair, String algorithm) {
    this.key = pair.getPrivate();
    this.algorithm = algorithm;
    header("alg", algorithm).header("typ", "JWT");
  }

  /** A token with a header of {@code alg} and {@code typ}, and no claims. */
  static Mint with(KeyPair pair, String algorithm) {
    return new Mint(pair, algorithm);
  }

  Mint header(String name, String text) {
    return headerJson(name, quoted(text));
  }

  Mint headerJson(String name, String json) {
    header.put(name, json);
    return this;
  }

  Mint withoutHeader(String name) {
    header.remove(name);
    return this;
  }

  Mint claim(String name, String text) {
    return claimJson(name, quoted(text));
  }

  Mint claim(String name, Instant date) {
    return claimJson(name, Long.toString(date.getEpochSecond()));
  }

  Mint claimJson(String name, String json) {
    claims.put(name, json);
    return this;
  }

  Mint without(String name) {
    claims.remove(name);
    return this;
  }

  /** Replaces the header's text by something made from it. */
  Mint rawHeader(UnaryOperator<String> change) {
    wholeHeader = change.apply(json(header));
    return this;
  }

  Mint rawPayload(UnaryOperator<String> change) {
    wholePayload = change.apply(json(claims));
    return this;
  }

  String token() {
    String input = signingInput();
    return input + "." + base64url(signature(input));
  }

  /** A token with a signature that has nothing to do with the key. */
  String signedWith(byte[] signature) {
    return signingInput() + "." + base64url(signature);
  }

  String signingInput() {
    String first = wholeHeader == null ? json(header) : wholeHeader;
    String second = wholePayload == null ? json(claims) : wholePayload;
    // Latin-1 characters stand for bytes, so that tests can write invalid UTF-8.
    return base64url(first.getBytes(StandardCharsets.ISO_8859_1))
        + "."
        + base64url(second.getBytes(StandardCharsets.ISO_8859_1));
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private byte[] signature(String input) {
    try {
      return switch (algorithm.substring(0, 2)) {
        case "RS" -> sign("SHA" + bits() + "withRSA", null, input);
        case "PS" -> sign("RSASSA-PSS", pss(), input);
        case "ES" -> rawEcdsa(sign("SHA" + bits() + "withECDSA", null, input));
        default -> sign("Ed25519", null, input);
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] sign(String jcaName, @Nullable PSSParameterSpec parameters, String input)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance(jcaName);
    if (parameters != null) {
      signature.setParameter(parameters);
    }
    signature.initSign(key);
    signature.update(input.getBytes(StandardCharsets.US_ASCII));
    return signature.sign();
  }

  private PSSParameterSpec pss() {
    String hash = "SHA-" + bits();
    return new PSSParameterSpec(
        hash, "MGF1", new MGF1ParameterSpec(hash), Integer.parseInt(bits()) / 8, 1);
  }

  private String bits() {
    return algorithm.substring(2);
  }

  /** From the DER sequence of two integers to r ‖ s (RFC 7518 §3.4). */
  private byte[] rawEcdsa(byte[] der) {
    int half = (((ECPrivateKey) key).getParams().getOrder().bitLength() + 7) / 8;
    int at = der[1] < 0 ? 3 : 2;
    int rLength = der[at + 1];
    int sAt = at + 2 + rLength;
    int sLength = der[sAt + 1];
    byte[] raw = new byte[2 * half];
    copyRight(Arrays.copyOfRange(der, at + 2, at + 2 + rLength), raw, half);
    copyRight(Arrays.copyOfRange(der, sAt + 2, sAt + 2 + sLength), raw, 2 * half);
    return raw;
  }

  private static void copyRight(byte[] signed, byte[] to, int end) {
    byte[] unsigned = new BigInteger(1, signed).toByteArray();
    int from = unsigned.length > 1 && unsigned[0] == 0 ? 1 : 0;
    int length = unsigned.length - from;
    System.arraycopy(unsigned, from, to, end - length, length);
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> quoted(member.getKey()) + ":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }
}
