package dev.gatehouse.key.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.error.ErrorCode;
import dev.gatehouse.common.error.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeyMaterialTest {

  private static final byte[] PKCS8_EC = TestKeys.ec().getPrivate().getEncoded();
  private static final byte[] PKCS8_ED25519 = TestKeys.pair("Ed25519").getPrivate().getEncoded();
  private static final byte[] PKCS8_RSA = TestKeys.pair("RSA").getPrivate().getEncoded();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRIVATE KEY",
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "DSA PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
        "ANY FUTURE PRIVATE KEY",
        "PUBLIC KEY",
        "RSA PUBLIC KEY"
      })
  void everyPemBlockWithAPrivateKeyIsRefusedWhateverItsLabelSays(String label) {
    assertRefused(TestKeys.pem(label, PKCS8_EC));
    assertRefused(TestKeys.pem(label, PKCS8_RSA));
  }

  @Test
  void aFileWithBothHalvesIsRefused() {
    String privateKey = TestKeys.pem("PRIVATE KEY", PKCS8_EC);

    assertRefused(TestKeys.publicKey("p-256") + privateKey);
    assertRefused(privateKey + TestKeys.publicKey("p-256"));
  }

  @Test
  void aPrivateKeyThatIsCutOffIsRefused() {
    String pem = TestKeys.pem("RSA PRIVATE KEY", PKCS8_RSA);

    assertRefused(pem.substring(0, pem.length() / 2));
    assertRefused(base64(PKCS8_RSA).substring(0, 300));
  }

  @Test
  void derInBase64IsRefusedHoweverItIsWrapped() {
    assertRefused(base64(PKCS8_EC));
    assertRefused(base64(PKCS8_ED25519));
    assertRefused(Base64.getUrlEncoder().withoutPadding().encodeToString(PKCS8_RSA));
    assertRefused(Base64.getMimeEncoder().encodeToString(PKCS8_RSA));
    assertRefused("the key is " + base64(PKCS8_RSA));
  }

  @Test
  void otherFormsInBase64AreRefused() {
    byte[] sec1 =
        HexFormat.of().parseHex("303102010104207f" + "11".repeat(31) + "a00a06082a8648ce3d030107");
    byte[] encrypted =
        HexFormat.of().parseHex("3081b3301c060a2a864886f70d010c0103300e0408" + "22".repeat(40));
    byte[] pbes2 =
        HexFormat.of().parseHex("3082014d305706092a864886f70d01050d304a3029" + "33".repeat(40));
    byte[] pkcs12 = HexFormat.of().parseHex("30820a010201033082" + "44".repeat(40));
    byte[] openSsh = ("openssh-key-v1\0" + "5".repeat(60)).getBytes(StandardCharsets.US_ASCII);

    assertRefused(base64(sec1));
    assertRefused(base64(encrypted));
    assertRefused(base64(pbes2));
    assertRefused(base64(pkcs12));
    assertRefused(base64(openSsh));
  }

  @Test
  void puttysFormIsRefused() {
    assertRefused("PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nAAAA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"})
  void everyPrivateMemberOfAJwkIsRefusedEvenIfItIsNull(String member) {
    String jwk = "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"" + member + "\":";

    assertRefusedJson(jwk + "\"AQAB\"}");
    assertRefusedJson(jwk + "null}");
    assertRefusedJson("{\"keys\":[" + jwk + "[]}]}");
    assertRefused(jwk + "\"AQAB\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa-2048",
        "rsa-2048-pkcs1",
        "rsa-8192",
        "p-256",
        "p-384",
        "p-521",
        "ed25519",
        "certificate",
        "dsa",
        "x25519"
      })
  void publicKeysHoldNothingPrivate(String name) {
    String pem = TestKeys.publicKey(name);

    assertThatCode(() -> PrivateKeyMaterial.refuseIn(pem)).doesNotThrowAnyException();
    assertThatCode(() -> PrivateKeyMaterial.refuseIn(pem.replaceAll("-----.*-----", "")))
        .doesNotThrowAnyException();
  }

  @Test
  void talkingAboutPrivateKeysIsAllowed() {
    assertThatCode(
            () ->
                PrivateKeyMaterial.refuseIn(
                    "The private key of this one is kept in the vault of the payments team"))
        .doesNotThrowAnyException();
  }

  private static String base64(byte[] der) {
    return Base64.getEncoder().encodeToString(der);
  }

  private static void assertRefused(String text) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PublicKeys.parse(TestKeys.json(text)))
        .satisfies(PrivateKeyMaterialTest::saysWhatToSendInstead);
  }

  private static void assertRefusedJson(String json) {
    assertThatExceptionOfType(Invalid.class)
        .isThrownBy(() -> PublicKeys.parse(QuietJson.parse(json).orElseThrow()))
        .satisfies(PrivateKeyMaterialTest::saysWhatToSendInstead);
  }

  private static void saysWhatToSendInstead(Invalid refusal) {
    assertThat(refusal.code()).isEqualTo(ErrorCode.PRIVATE_KEY_REFUSED);
    assertThat(refusal.detail())
        .contains("openssl pkey -in key.pem -pubout")
        .contains("gatehouse ta-pubkeys-add");
  }
}
