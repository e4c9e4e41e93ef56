package dev.gatehouse.key.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantUrlsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://idp.example.com",
        "https://idp.example.com/",
        "https://IDP.Example.com/realms/acme",
        "https://idp.example.com:8443/realms/acme",
        "https://xn--bcher-kva.example/",
        "https://a1.b2.example/",
        "https://8.8.8.8/",
        "https://[2606:4700::1]/",
        "https://[::ffff:8.8.8.8]/",
        "https://0x7f.example/",
        "https://127.0.0.1.nip.example/",
        "https://localhost.example.com/",
        "https://my.locale/",
      })
  void aPublicHostIsAcceptable(String url) {
    assertThat(isAcceptable(url)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // IPv4 as decimal, octal and hexadecimal numbers, short, and with too many digits
        "https://2130706433/",
        "https://017700000001/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://0x7f.0.0.1/",
        "https://0x7f.1/",
        "https://127.1/",
        "https://127.0.1/",
        "https://127.000.000.001/",
        "https://0127.0.0.1/",
        "https://127.0.0.0x1/",
        "https://8.8.8.08/",
        "https://134744072/",
        "https://256.8.8.8/",
        "https://8.8.8/",
        "https://0x/",
        "https://a.0x7f/",
        "https://example.123/",
        // loopback, private, link-local, metadata
        "https://127.0.0.1/",
        "https://127.255.255.254/",
        "https://0.0.0.0/",
        "https://10.0.0.1/",
        "https://100.100.100.200/",
        "https://169.254.169.254/latest/meta-data",
        "https://192.168.0.1/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[0:0:0:0:0:ffff:a9fe:a9fe]/",
        "https://[::127.0.0.1]/",
        "https://[64:ff9b::10.0.0.1]/",
        "https://[2002:7f00:1::]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        // zone ids
        "https://[fe80::1%25eth0]/",
        "https://[2606:4700::1%25eth0]/",
        "https://[2606:4700::1%eth0]/",
        // names of this machine or network
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://idp.localhost/",
        "https://keycloak/",
        "https://keycloak.default.svc.cluster.local/",
        "https://metadata.google.internal/",
        "https://router.lan/",
        "https://printer.home.arpa/",
        // dots
        "https://idp.example.com./",
        "https://127.0.0.1./",
        "https://.example.com/",
        "https://idp..example.com/",
        // beyond ASCII: full-width digits, full stops and letters, and names that are not encoded
        "https://１２７.０.０.１/",
        "https://127。0。0。1/",
        "https://ⓛocalhost/",
        "https://bücher.example/",
        "https://idp.example.com\u0000.evil/",
        // escapes
        "https://%31%32%37.0.0.1/",
        "https://idp%2eexample.com/",
        // other parts of the authority
        "https://user@idp.example.com/",
        "https://user:secret@idp.example.com/",
        "https://@idp.example.com/",
        "https://idp.example.com@127.0.0.1/",
        "https://idp.example.com:/",
        "https://idp.example.com:0/",
        "https://idp.example.com:65536/",
        "https://idp_example.com/",
        "https://-idp.example.com/",
        "https:///",
        "https:/idp.example.com/",
        "https:idp.example.com",
        // query and fragment, also empty ones
        "https://idp.example.com/?a=b",
        "https://idp.example.com/?",
        "https://idp.example.com/#a",
        "https://idp.example.com/#",
        // other schemes
        "http://idp.example.com/",
        "HTTPS://idp.example.com/",
        "ftp://idp.example.com/",
        "file:///etc/passwd",
        "jar:https://idp.example.com/!/",
        "//idp.example.com/",
        "idp.example.com",
        // what some readers forgive
        "https:\\\\idp.example.com/",
        "https://idp.example.com\\@127.0.0.1/",
        " https://idp.example.com/",
        "https://idp.example.com/\n",
        "https://idp.example.com/a b",
        "",
      })
  void everythingElseIsNot(String url) {
    assertThat(isAcceptable(url)).isFalse();
  }

  @Test
  void theLongestAddressHas512Characters() {
    String longest = "https://idp.example.com/" + "a".repeat(488);

    assertThat(longest).hasSize(512);
    assertThat(TenantUrls.parse(longest)).isPresent();
    assertThat(TenantUrls.parse(longest + "a")).isEmpty();
  }

  @Test
  void aHostHasNamesOfDns() {
    String label = "a".repeat(63);

    assertThat(isAcceptable("https://" + label + ".example/")).isTrue();
    assertThat(isAcceptable("https://a" + label + ".example/")).isFalse();
    assertThat(isAcceptable("https://" + (label + ".").repeat(3) + "a".repeat(61) + "/")).isTrue();
    assertThat(isAcceptable("https://" + (label + ".").repeat(3) + "a".repeat(62) + "/")).isFalse();
  }

  /** A key set may be asked for with a query; the rest holds for it too. */
  @Test
  void theAddressOfKeysMayHaveAQuery() {
    assertThat(TenantUrls.isAcceptable(URI.create("https://idp.example.com/keys?p=a"))).isTrue();
    assertThat(TenantUrls.isAcceptable(URI.create("https://10.0.0.1/keys?p=a"))).isFalse();
    assertThat(TenantUrls.isAcceptable(URI.create("https://a@idp.example.com/keys"))).isFalse();
  }

  private static boolean isAcceptable(String url) {
    return TenantUrls.parse(url).filter(TenantUrls::isAcceptable).isPresent();
  }
}
