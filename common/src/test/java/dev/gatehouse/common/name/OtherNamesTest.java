package dev.gatehouse.common.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherNamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"ab", "local", "eu-1", "aaaaaaaaaaaaaaaaaaaaaaa"})
  void aLegalInstanceIsAccepted(String instance) {
    assertThat(new Instance(instance).audience()).isEqualTo("gatehouse-" + instance);
    assertThat(new Instance(instance).opstraceAudience()).isEqualTo("opstrace-cluster-" + instance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "aaaaaaaaaaaaaaaaaaaaaaaa", "Local", "a_b", "a.b", "ab\n"})
  void anIllegalInstanceIsRefused(String instance) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new Instance(instance))
        .withMessage("An instance has 2 to 23 characters of a-z, 0-9 and -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "alice", "auth0|5f7c", "Alice Doe <a@b.c>"})
  void aLegalUsernameIsAccepted(String username) {
    assertThat(new Username(username)).hasToString(username);
  }

  @Test
  void aUsernameHasAtMost200Characters() {
    assertThat(new Username("a".repeat(200)).value()).hasSize(200);
    assertThatExceptionOfType(Invalid.class).isThrownBy(() -> new Username("a".repeat(201)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "*", "a\nb", "ä", "a\u007f"})
  void anIllegalUsernameIsRefused(String username) {
    assertThatExceptionOfType(Invalid.class).isThrownBy(() -> new Username(username));
  }

  @Test
  void aKeyIdIsAThumbprint() {
    String thumbprint = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"; // RFC 7638 §3.1

    assertThat(new KeyId(thumbprint)).hasToString(thumbprint);
    assertThat(KeyId.ofSha256(Base64.getUrlDecoder().decode(thumbprint)))
        .isEqualTo(new KeyId(thumbprint));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9X",
        "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs=",
        "NzbLsXh8uDCcd+6MNwXF4W/7noWXFZAfHkxZsRGC9Xs",
      })
  void anythingElseIsNoKeyId(String text) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new KeyId(text))
        .withMessage("A key id is an RFC 7638 thumbprint of 43 base64url characters");
  }

  @Test
  void anOpstraceIdIsTheSha1OfThePemText() {
    byte[] anyBytes =
        "not a key, but bytes are bytes: 0123456789 0123456789 0123456789"
            .getBytes(StandardCharsets.US_ASCII);

    // Computed apart from this code: PEM text in 64 columns without a trailing newline, sha1sum.
    assertThat(OpstraceKeyId.of(anyBytes)).hasToString("f0cd43bebb3d00a583b4509a39532c26deab6e38");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "da39a3ee5e6b4b0d3255bfef95601890afd8070",
        "da39a3ee5e6b4b0d3255bfef95601890afd807090",
        "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709",
      })
  void anythingElseIsNoOpstraceId(String text) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> new OpstraceKeyId(text))
        .withMessage("An Opstrace key id has 40 lower-case hex digits");
  }

  @Test
  void aReachIsASubtreeOrEverything() {
    Reach acme = Reach.parse("acme");

    assertThat(acme.covers(new TenantId("acme:pay"))).isTrue();
    assertThat(acme.covers(new TenantId("other"))).isFalse();
    assertThat(acme.top()).contains(new TenantId("acme"));
    assertThat(Reach.parse("*").covers(TenantId.DEFAULT)).isTrue();
    assertThat(Reach.parse("*").top()).isEmpty();
    assertThat(Reach.parse("_").covers(new TenantId("acme"))).isFalse();
  }
}
