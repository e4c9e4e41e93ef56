package dev.gatehouse.gateway.request;

import io.netty.util.NetUtil;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses (CIDR, RFC 4632 §3.1): {@code 10.0.0.0/8}, {@code fd00::/8}, or one
 * address. An IPv4 address written as IPv6 ({@code ::ffff:10.0.0.1}) counts as IPv4.
 */
public final class AddressRange {

  private static final int IPV4 = 4;
  private static final int IPV4_IN_IPV6 = 12;

  private final byte[] address;
  private final int prefix;

  private AddressRange(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /**
   * Reads one; names are not resolved.
   *
   * @throws IllegalArgumentException when it is none, or has bits behind its prefix: a slip there
   *     would trust others than was meant
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = bytes(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new IllegalArgumentException(text + " is no IP address and no range of them");
    }
    int bits = address.length * Byte.SIZE;
    int prefix = slash < 0 ? bits : prefix(text.substring(slash + 1), bits, text);
    AddressRange range = new AddressRange(address, prefix);
    for (int bit = prefix; bit < bits; bit++) {
      if ((address[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) != 0) {
        throw new IllegalArgumentException(text + " has bits behind its prefix of " + prefix);
      }
    }
    return range;
  }

  /**
   * Whether the address is one of them.
   *
   * @param candidate 4 or 16 bytes
   */
  boolean contains(byte[] candidate) {
    byte[] other = unmapped(candidate);
    if (other.length != address.length) {
      return false;
    }
    int whole = prefix / Byte.SIZE;
    for (int i = 0; i < whole; i++) {
      if (other[i] != address[i]) {
        return false;
      }
    }
    int rest = prefix % Byte.SIZE;
    return rest == 0 || (other[whole] ^ address[whole]) >> (Byte.SIZE - rest) == 0;
  }

  /** The address in an element of X-Forwarded-For, without a port; null: there is none. */
  static @Nullable String addressIn(String hop) {
    String text = hop;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0 || !isEmptyOrPort(text.substring(end + 1))) {
        return null;
      }
      text = text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      int colon = text.indexOf(':');
      if (!isEmptyOrPort(text.substring(colon))) {
        return null;
      }
      text = text.substring(0, colon);
    }
    return bytes(text) == null ? null : text;
  }

  private static boolean isEmptyOrPort(String text) {
    return text.isEmpty()
        || (text.length() > 1
            && text.length() <= 6
            && text.charAt(0) == ':'
            && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
  }

  private static byte @Nullable [] bytes(String text) {
    if (!NetUtil.isValidIpV4Address(text) && !isPlainIpv6(text)) {
      return null;
    }
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(text);
    return bytes == null ? null : unmapped(bytes);
  }

  /** Without brackets and zone, which mean something on one host only. */
  private static boolean isPlainIpv6(String text) {
    return text.indexOf('%') < 0 && text.indexOf('[') < 0 && NetUtil.isValidIpV6Address(text);
  }

  private static byte[] unmapped(byte[] bytes) {
    if (bytes.length == IPV4) {
      return bytes;
    }
    for (int i = 0; i < IPV4_IN_IPV6; i++) {
      if (bytes[i] != (i < IPV4_IN_IPV6 - 2 ? 0 : -1)) {
        return bytes;
      }
    }
    return Arrays.copyOfRange(bytes, IPV4_IN_IPV6, bytes.length);
  }

  private static int prefix(String digits, int bits, String text) {
    try {
      int prefix = Integer.parseInt(digits);
      if (prefix >= 0 && prefix <= bits && digits.equals(Integer.toString(prefix))) {
        return prefix;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new IllegalArgumentException(text + " has no prefix of 0 to " + bits + " bits");
  }
}
