package dev.gatehouse.key.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of an address on the web, in its one canonical spelling. Whatever another reader could
 * take for something else is none: octal, hexadecimal, short and whole-number forms of IPv4, zone
 * ids, a dot at the end, letters and digits beyond ASCII, percent escapes.
 */
public sealed interface Host {

  int MAX_NAME = 253;
  int MAX_LABEL = 63;

  /**
   * Reads the host of a URI as {@link java.net.URI#getHost} gives it; empty when it is none, or not
   * in its canonical spelling. Case does not matter.
   */
  static Optional<Host> parse(String text) {
    if (text.startsWith("[") && text.endsWith("]")) {
      return literalV6(text.substring(1, text.length() - 1));
    }
    String name = text.toLowerCase(Locale.ROOT);
    String[] labels = name.split("\\.", -1);
    if (isNumber(labels[labels.length - 1])) {
      return literalV4(labels);
    }
    return name.length() <= MAX_NAME && Arrays.stream(labels).allMatch(Host::isLabel)
        ? Optional.of(new Name(name))
        : Optional.empty();
  }

  /** An address itself. */
  record Literal(InetAddress address) implements Host {}

  /** A name of DNS, in lower case. */
  record Name(String value) implements Host {

    /**
     * Whether the name can mean a public server: one with a dot whose end is not kept for the local
     * machine or network (RFC 6761, RFC 6762, RFC 8375, ICANN's {@code internal}).
     */
    public boolean isPublic() {
      String top = value.substring(value.lastIndexOf('.') + 1);
      return value.indexOf('.') >= 0
          && !value.endsWith(".home.arpa")
          && switch (top) {
            case "localhost", "local", "localdomain", "internal", "intranet", "lan", "onion" ->
                false;
            default -> true;
          };
    }
  }

  /** What the WHATWG's URL standard calls "ends in a number": browsers take it for IPv4. */
  private static boolean isNumber(String label) {
    if (label.startsWith("0x")) {
      return label.chars().skip(2).allMatch(c -> Character.digit(c, 16) >= 0);
    }
    return !label.isEmpty() && label.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static boolean isLabel(String label) {
    return !label.isEmpty()
        && label.length() <= MAX_LABEL
        && label.charAt(0) != '-'
        && label.charAt(label.length() - 1) != '-'
        && label
            .chars()
            .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
  }

  private static Optional<Host> literalV4(String[] labels) {
    if (labels.length != 4) {
      return Optional.empty();
    }
    byte[] octets = new byte[4];
    for (int i = 0; i < 4; i++) {
      if (!labels[i].matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(labels[i]) > 255) {
        return Optional.empty();
      }
      octets[i] = (byte) Integer.parseInt(labels[i]);
    }
    return Optional.of(new Literal(address(octets)));
  }

  /** The JDK resolves nothing that stands in brackets. */
  private static Optional<Host> literalV6(String text) {
    if (text.indexOf('%') >= 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Literal(InetAddress.getByName("[" + text + "]")));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static InetAddress address(byte[] octets) {
    try {
      return InetAddress.getByAddress(octets);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four octets are an address", e);
    }
  }
}
