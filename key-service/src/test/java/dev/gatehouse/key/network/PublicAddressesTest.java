package dev.gatehouse.key.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

  /** The first and the last address of each range, and its public neighbours on either side. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      textBlock =
          """
          0.0.0.0,         0.255.255.255,   -,               1.0.0.0
          10.0.0.0,        10.255.255.255,  9.255.255.255,   11.0.0.0
          100.64.0.0,      100.127.255.255, 100.63.255.255,  100.128.0.0
          127.0.0.0,       127.255.255.255, 126.255.255.255, 128.0.0.0
          169.254.0.0,     169.254.255.255, 169.253.255.255, 169.255.0.0
          172.16.0.0,      172.31.255.255,  172.15.255.255,  172.32.0.0
          192.0.0.0,       192.0.0.255,     191.255.255.255, 192.0.1.0
          192.0.2.0,       192.0.2.255,     192.0.1.255,     192.0.3.0
          192.88.99.0,     192.88.99.255,   192.88.98.255,   192.88.100.0
          192.168.0.0,     192.168.255.255, 192.167.255.255, 192.169.0.0
          198.18.0.0,      198.19.255.255,  198.17.255.255,  198.20.0.0
          198.51.100.0,    198.51.100.255,  198.51.99.255,   198.51.101.0
          203.0.113.0,     203.0.113.255,   203.0.112.255,   203.0.114.0
          168.63.129.16,   168.63.129.16,   168.63.129.15,   168.63.129.17
          224.0.0.0,       255.255.255.255, 223.255.255.255, -
          ::,              1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, -, 2000::
          2001::,          2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff::1, 2001:200::
          2001:db8::,      2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::1, 2001:db9::
          3fff::,          3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffe:ffff::1, 3fff:1000::
          4000::,          ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:ffff::1, -
          64:ff9b:1::,     64:ff9b:1:ffff:ffff:ffff:ffff:ffff, 64:ff9b::8.8.8.8, -
          """)
  void aRangeIsWithheldAsAWholeAndNothingBesideIt(
      String first, String last, String before, String after) {
    assertThat(isPublic(first)).isFalse();
    assertThat(isPublic(last)).isFalse();
    if (before != null) {
      assertThat(isPublic(before)).isTrue();
    }
    if (after != null) {
      assertThat(isPublic(after)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::1",
        "::",
        "::ffff:0:0",
        "fc00::1",
        "fd00:ec2::254",
        "fd20:ce::254",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "100::1",
        "5f00::1",
        "::127.0.0.1",
        "::8.8.8.8"
      })
  void whatIsLocalOrReservedInIpv6IsNotPublic(String address) {
    assertThat(isPublic(address)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 7f00:1",
    "10.0.0.1, a00:1",
    "169.254.169.254, a9fe:a9fe",
    "192.168.1.1, c0a8:101",
    "100.64.0.1, 6440:1",
    "0.0.0.0, 0:0",
    "255.255.255.255, ffff:ffff",
  })
  void anIpv6AddressIsNoBetterThanTheIpv4AddressInIt(String dotted, String hex) {
    assertThat(isPublic("::ffff:" + dotted)).isFalse();
    assertThat(isPublic("64:ff9b::" + dotted)).isFalse();
    assertThat(isPublic("2002:" + hex + "::1")).isFalse();
  }

  @Test
  void anIpv6AddressIsAsGoodAsTheIpv4AddressInIt() {
    assertThat(isPublic("::ffff:8.8.8.8")).isTrue();
    assertThat(isPublic("64:ff9b::8.8.8.8")).isTrue();
    assertThat(isPublic("2002:808:808::1")).isTrue();
    assertThat(isPublic("2606:4700::6810:84e5")).isTrue();
  }

  /** The JDK makes an IPv4 address of a mapped one, unless it is told to leave it. */
  private static boolean isPublic(String text) {
    try {
      InetAddress address = InetAddress.getByName(text);
      boolean isPublic = PublicAddresses.contain(address);
      if (address instanceof Inet4Address) {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(address.getAddress(), 0, mapped, 12, 4);
        assertThat(PublicAddresses.contain(Inet6Address.getByAddress("", mapped, -1)))
            .isEqualTo(isPublic);
      }
      return isPublic;
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
