package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.key.issuer.IssuersConfiguration.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredIssuersTest {

  private static final String URL = "https://idp.example/";

  @Test
  void withoutAnIssuerThereIsNone() {
    assertThat(ConfiguredIssuers.ofJwt(jwt(null), oidc("*:read"), true)).isEmpty();
    assertThat(ConfiguredIssuers.ofJwt(jwt(" "), oidc("*:read"), true)).isEmpty();
  }

  @Test
  void theConfiguredIssuerMaySpeakForEveryTenant() {
    IssuerEntry entry =
        ConfiguredIssuers.ofJwt(jwt(URL, " a ", "", "b"), oidc("*:read", " keys:write"), true)
            .orElseThrow()
            .entry(List.of(), Optional.empty());

    assertThat(entry.name()).isEqualTo("default");
    assertThat(entry.issuer()).isEqualTo(URL);
    assertThat(entry.audiences()).containsExactly("a", "b");
    assertThat(entry.claimsNamespace()).isEqualTo("https://gatehouse.dev/claims");
    assertThat(entry.maySpeakFor()).isEqualTo(Reach.EVERYTHING);
    assertThat(entry.defaultScopes())
        .isEqualTo(Set.of(new Scope("*:read"), new Scope("keys:write")));
  }

  @Test
  void inProductionAnAudienceIsRequired() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfiguredIssuers.ofJwt(jwt(URL), oidc("*:read"), true))
        .withMessageContaining("AUTH_JWT_AUDIENCE is not set");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfiguredIssuers.ofJwt(jwt(URL, " "), oidc("*:read"), true));
    assertThat(ConfiguredIssuers.ofJwt(jwt(URL), oidc("*:read"), false)).isPresent();
    assertThat(ConfiguredIssuers.ofJwt(jwt(URL, "a"), oidc("*:read"), true)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "idp.example",
        "ftp://idp.example",
        "https://",
        "https://idp.example?a=b",
        "https://idp.example#a",
        "https://u:p@idp.example",
        "https://idp example"
      })
  void anIssuerThatIsNoAddressStopsTheStart(String url) {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfiguredIssuers.ofJwt(jwt(url, "a"), oidc("*:read"), true))
        .withMessageContaining("AUTH_JWT_ISSUER_URL");
  }

  @Test
  void aScopeThatIsNoneStopsTheStart() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfiguredIssuers.ofJwt(jwt(URL, "a"), oidc("everything"), true))
        .withMessageContaining("gatehouse.oidc.default-scopes");
  }

  @Test
  void moreIssuersFollowTheOneOfTheEnvironmentInTheOrderOfTheirNames() {
    List<ConfiguredIssuer> issuers =
        of(
            jwt(URL, "a"),
            Map.of(
                "keycloak", settings("https://kc.example", "*", "gatehouse"),
                "auth0-eu", settings("https://eu.auth0.example/", "acme", "x", " y ")));

    assertThat(issuers)
        .extracting(issuer -> issuer.name().value())
        .containsExactly("default", "auth0-eu", "keycloak");
    assertThat(issuers.get(1).maySpeakFor()).isEqualTo(Reach.parse("acme"));
    assertThat(issuers.get(1).audiences()).containsExactly("x", "y");
    assertThat(issuers.get(1).claimsNamespace()).isEqualTo("https://claims.example");
    assertThat(issuers.get(1).defaultScopes()).isEqualTo(Set.of(new Scope("*:read")));
    assertThat(issuers.get(2).maySpeakFor()).isEqualTo(Reach.EVERYTHING);
    assertThat(issuers.get(2).entry(List.of(), Optional.empty()).ownerId()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Keycloak", "key_cloak", "", "key cloak", "default"})
  void aNameThatIsNoneOrIsTakenStopsTheStart(String name) {
    assertStopped(Map.of(name, settings("https://kc.example", "*", "a")))
        .withMessageContaining("gatehouse.issuers." + name);
  }

  @Test
  void theLongestNameHas40Characters() {
    Settings settings = settings("https://kc.example", "*", "a");

    assertThat(of(jwt(null), Map.of("a".repeat(40), settings))).hasSize(1);
    assertStopped(Map.of("a".repeat(41), settings)).withMessageContaining("1 to 40 characters");
  }

  @Test
  void whatIsMissingOrWrongIsNamedWithItsRemedy() {
    assertStopped(Map.of("kc", settings(null, "*", "a")))
        .withMessageContaining("gatehouse.issuers.kc.url is not set. Set it to");
    assertStopped(Map.of("kc", settings("ftp://kc.example", "*", "a")))
        .withMessageContaining("gatehouse.issuers.kc.url is not the http or https address");
    assertStopped(Map.of("kc", settings("https://kc.example", "*")))
        .withMessageContaining("gatehouse.issuers.kc.audience is not set, though");
    assertStopped(Map.of("kc", settings("https://kc.example", null, "a")))
        .withMessageContaining("gatehouse.issuers.kc.may-speak-for is not set. Set it to a tenant");
    assertStopped(Map.of("kc", settings("https://kc.example", "A!", "a")))
        .withMessageContaining("gatehouse.issuers.kc.may-speak-for is wrong");
    assertStopped(Map.of("kc", settings("https://kc.example", "_", "a")))
        .withMessageContaining("gatehouse.issuers.kc.may-speak-for");
  }

  @Test
  void twoIssuersOfOneAddressNeedAudiencesOfTheirOwn() {
    assertThat(of(jwt(URL, "a"), Map.of("kc", settings(URL, "acme", "b", "c")))).hasSize(2);
    assertStopped(Map.of("kc", settings(URL, "acme", "b", "a")))
        .withMessageContaining("default and kc have the same URL");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                ConfiguredIssuers.of(
                    jwt(URL),
                    () -> Map.of("kc", settings(URL, "acme", "b")),
                    oidc("*:read"),
                    false))
        .withMessageContaining("one of them has none");
  }

  private static List<ConfiguredIssuer> of(JwtConfiguration jwt, Map<String, Settings> others) {
    return ConfiguredIssuers.of(jwt, () -> others, oidc("*:read"), true);
  }

  private static ThrowableAssertAlternative<IllegalStateException> assertStopped(
      Map<String, Settings> others) {
    return assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> of(jwt(URL, "a"), others));
  }

  private static Settings settings(
      @Nullable String url, @Nullable String maySpeakFor, String... audiences) {
    return new Settings() {
      @Override
      public Optional<String> url() {
        return Optional.ofNullable(url);
      }

      @Override
      public Optional<List<String>> audience() {
        return Optional.of(List.of(audiences));
      }

      @Override
      public Optional<String> claimsNamespace() {
        return Optional.of("https://claims.example");
      }

      @Override
      public Optional<String> maySpeakFor() {
        return Optional.ofNullable(maySpeakFor);
      }

      @Override
      public List<String> defaultScopes() {
        return List.of("*:read");
      }
    };
  }

  private static JwtConfiguration jwt(@Nullable String url, String... audiences) {
    return new JwtConfiguration() {
      @Override
      public Optional<String> issuerUrl() {
        return Optional.ofNullable(url);
      }

      @Override
      public Optional<List<String>> audience() {
        return audiences.length == 0 ? Optional.empty() : Optional.of(List.of(audiences));
      }

      @Override
      public Optional<String> orchestrateClaims() {
        return Optional.of("https://gatehouse.dev/claims");
      }
    };
  }

  private static OidcConfiguration oidc(String... scopes) {
    return new OidcConfiguration() {
      @Override
      public boolean acceptPublishedKeys() {
        return false;
      }

      @Override
      public List<String> defaultScopes() {
        return List.of(scopes);
      }

      @Override
      public Optional<List<String>> allowedHosts() {
        return Optional.empty();
      }

      @Override
      public Duration deadline() {
        return Duration.ofSeconds(3);
      }

      @Override
      public Duration unknownKeyInterval() {
        return Duration.ofSeconds(10);
      }
    };
  }
}
