package dev.gatehouse.key.issuer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.common.feed.IssuerEntry;
import dev.gatehouse.common.name.Reach;
import dev.gatehouse.common.name.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredIssuerTest {

  private static final String URL = "https://idp.example/";

  @Test
  void withoutAnIssuerThereIsNone() {
    assertThat(ConfiguredIssuer.of(jwt(null), oidc("*:read"), true)).isEmpty();
    assertThat(ConfiguredIssuer.of(jwt(" "), oidc("*:read"), true)).isEmpty();
  }

  @Test
  void theConfiguredIssuerMaySpeakForEveryTenant() {
    IssuerEntry entry =
        ConfiguredIssuer.of(jwt(URL, " a ", "", "b"), oidc("*:read", " keys:write"), true)
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
        .isThrownBy(() -> ConfiguredIssuer.of(jwt(URL), oidc("*:read"), true))
        .withMessageContaining("AUTH_JWT_AUDIENCE is not set");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfiguredIssuer.of(jwt(URL, " "), oidc("*:read"), true));
    assertThat(ConfiguredIssuer.of(jwt(URL), oidc("*:read"), false)).isPresent();
    assertThat(ConfiguredIssuer.of(jwt(URL, "a"), oidc("*:read"), true)).isPresent();
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
        .isThrownBy(() -> ConfiguredIssuer.of(jwt(url, "a"), oidc("*:read"), true))
        .withMessageContaining("AUTH_JWT_ISSUER_URL");
  }

  @Test
  void aScopeThatIsNoneStopsTheStart() {
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> ConfiguredIssuer.of(jwt(URL, "a"), oidc("everything"), true))
        .withMessageContaining("gatehouse.oidc.default-scopes");
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
