package dev.gatehouse.cli.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** One block of a PEM text (RFC 7468). It may be a private key, so it never shows its content. */
final class Pem {

  private static final int COLUMNS = 64;
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";

  private final String label;
  private final byte[] der;
  private final boolean encrypted;

  private Pem(String label, byte[] der, boolean encrypted) {
    this.label = label;
    this.der = der;
    this.encrypted = encrypted;
  }

  /** The blocks of a text, in order; what stands between them is ignored. */
  static List<Pem> parse(String text) {
    List<Pem> blocks = new ArrayList<>();
    int begin = text.indexOf(BEGIN);
    while (begin >= 0) {
      int labelEnd = text.indexOf(DASHES, begin + BEGIN.length());
      if (labelEnd < 0) {
        throw new MalformedKeyException("ends inside a PEM block");
      }
      String label = text.substring(begin + BEGIN.length(), labelEnd);
      int end = text.indexOf(END + label + DASHES, labelEnd);
      if (end < 0) {
        throw new MalformedKeyException("ends inside a PEM block");
      }
      blocks.add(block(label, text.substring(labelEnd + DASHES.length(), end)));
      begin = text.indexOf(BEGIN, end);
    }
    return List.copyOf(blocks);
  }

  static String encode(String label, byte[] der) {
    Base64.Encoder encoder =
        Base64.getMimeEncoder(COLUMNS, "\n".getBytes(StandardCharsets.US_ASCII));
    return BEGIN + label + "-----\n" + encoder.encodeToString(der) + "\n" + END + label + "-----\n";
  }

  String label() {
    return label;
  }

  byte[] der() {
    return der.clone();
  }

  /** Whether it needs a passphrase; then there is nothing in {@link #der()}. */
  boolean encrypted() {
    return encrypted;
  }

  @Override
  public String toString() {
    return "Pem[" + label + "]";
  }

  /** The header fields of RFC 1421 stand before an empty line; openssl writes them to encrypt. */
  private static Pem block(String label, String body) {
    if (label.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
      return new Pem(label, new byte[0], true);
    }
    try {
      return new Pem(label, Base64.getDecoder().decode(withoutWhitespace(body)), false);
    } catch (IllegalArgumentException e) {
      throw new MalformedKeyException("holds a PEM block that is not base64");
    }
  }

  private static String withoutWhitespace(String body) {
    StringBuilder characters = new StringBuilder(body.length());
    body.chars().filter(c -> c > ' ').forEach(c -> characters.append((char) c));
    return characters.toString();
  }
}
