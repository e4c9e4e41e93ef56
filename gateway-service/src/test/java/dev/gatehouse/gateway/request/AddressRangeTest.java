package dev.gatehouse.gateway.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, 11.0.0.1",
    "10.1.2.3, 10.1.2.3, 10.1.2.4",
    "10.1.2.0/23, 10.1.3.255, 10.1.4.0",
    "10.1.2.128/25, 10.1.2.128, 10.1.2.127",
    "128.0.0.0/1, 200.1.1.1, 127.1.1.1",
    "fd00::/8, fdff::1, fe00::1",
    "2001:db8::/33, 2001:db8:7fff::1, 2001:db8:8000::1",
    "::1, ::1, ::2",
    "10.0.0.0/8, ::ffff:10.1.1.1, ::ffff:11.1.1.1",
    "0.0.0.0/0, 1.2.3.4, ::2",
  })
  void aRangeHoldsItsAddressesAndNoOthers(String range, String inside, String outside) {
    AddressRange parsed = AddressRange.parse(range);

    assertThat(parsed.contains(NetUtil.createByteArrayFromIpAddressString(inside))).isTrue();
    assertThat(parsed.contains(NetUtil.createByteArrayFromIpAddressString(outside))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "localhost", "10.0.0", "10.0.0.256", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08",
        "10.0.0.0/", "10.0.0.1/8", "fd00::1/8", "::/129", "10.0.0.0/8/8", "[::1]", "fe80::1%eth0"
      })
  void whatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> AddressRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text);
  }
}
