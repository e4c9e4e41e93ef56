package dev.gatehouse.key.network;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Which addresses are public: those that the IANA special-purpose registries (RFC 6890) do not
 * withhold. An IPv6 address that carries an IPv4 address is as good as that one.
 */
public final class PublicAddresses {

  private static final List<Range> WITHHELD_V4 =
      List.of(
          Range.of(8, 0), // "this network"; 0.0.0.0 is the machine itself
          Range.of(8, 10),
          Range.of(10, 100, 64), // carrier-grade NAT, and some clouds' metadata
          Range.of(8, 127),
          Range.of(16, 169, 254), // link-local: the metadata of most clouds
          Range.of(12, 172, 16),
          Range.of(24, 192, 0, 0),
          Range.of(24, 192, 0, 2),
          Range.of(24, 192, 88, 99), // 6to4 relays
          Range.of(16, 192, 168),
          Range.of(15, 198, 18), // benchmarks
          Range.of(24, 198, 51, 100),
          Range.of(24, 203, 0, 113),
          Range.of(32, 168, 63, 129, 16), // Azure's own, from within its machines
          Range.of(4, 224), // multicast
          Range.of(4, 240)); // reserved, and broadcast

  /** All of IPv6 that is given out; everything else is reserved or local in some way. */
  private static final Range GLOBAL_UNICAST = Range.of(3, 0x20);

  private static final List<Range> WITHHELD_V6 =
      List.of(
          Range.of(23, 0x20, 0x01, 0x00), // protocol assignments, Teredo, benchmarks, ORCHID
          Range.of(32, 0x20, 0x01, 0x0d, 0xb8), // documentation
          Range.of(20, 0x3f, 0xff)); // documentation

  /** RFC 4291 §2.5.5.2. */
  private static final Range V4_MAPPED = Range.of(96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);

  /** RFC 6052 §2.1; the prefix for local use, 64:ff9b:1::/48, is not public. */
  private static final Range NAT64 = Range.of(96, 0, 0x64, 0xff, 0x9b);

  /** RFC 3056 §2. */
  private static final Range SIX_TO_FOUR = Range.of(16, 0x20, 0x02);

  private PublicAddresses() {}

  public static boolean contain(InetAddress address) {
    byte[] octets = address.getAddress();
    return address instanceof Inet4Address ? isPublicV4(octets) : isPublicV6(octets);
  }

  private static boolean isPublicV4(byte[] octets) {
    return WITHHELD_V4.stream().noneMatch(range -> range.contains(octets));
  }

  private static boolean isPublicV6(byte[] octets) {
    if (V4_MAPPED.contains(octets) || NAT64.contains(octets)) {
      return isPublicV4(Arrays.copyOfRange(octets, 12, 16));
    }
    if (SIX_TO_FOUR.contains(octets)) {
      return isPublicV4(Arrays.copyOfRange(octets, 2, 6));
    }
    return GLOBAL_UNICAST.contains(octets)
        && WITHHELD_V6.stream().noneMatch(range -> range.contains(octets));
  }

  /** Addresses whose first {@code bits} are those of {@code prefix}; its last octets may be 0. */
  private record Range(int bits, List<Integer> prefix) {

    static Range of(int bits, Integer... prefix) {
      return new Range(bits, List.of(prefix));
    }

    boolean contains(byte[] octets) {
      for (int i = 0; i * 8 < bits; i++) {
        int mask = bits - i * 8 >= 8 ? 0xff : 0xff << (8 - (bits - i * 8)) & 0xff;
        int wanted = i < prefix.size() ? prefix.get(i) : 0;
        if ((octets[i] & mask) != (wanted & mask)) {
          return false;
        }
      }
      return true;
    }
  }
}
