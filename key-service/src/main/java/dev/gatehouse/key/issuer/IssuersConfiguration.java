package dev.gatehouse.key.issuer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Issuers besides the one of {@code AUTH_JWT_*}, by their names: 1 to 40 characters of {@code
 * [a-z0-9-]}. They belong to the operator, whoever they may speak for.
 */
@ConfigMapping(prefix = "gatehouse.issuers")
interface IssuersConfiguration {

  @WithParentName
  Map<String, Settings> issuers();

  /** How tokens of one issuer are judged. */
  interface Settings {

    /** The issuer, compared with {@code iss} exactly, a slash at the end included. Required. */
    Optional<String> url();

    /**
     * The audiences, comma list, one of which must be in {@code aud}. Required in production. Two
     * issuers with the same URL must not share one.
     */
    Optional<List<String>> audience();

    /**
     * The top-level claim that holds {@code tenant_id} and {@code username}; without it the two
     * stand at top level.
     */
    Optional<String> claimsNamespace();

    /**
     * The tenant that its tokens may name, and those nested in it; {@code *} for every tenant.
     * Required: who is trusted to speak for whom is not to be guessed.
     */
    Optional<String> maySpeakFor();

    /** The scopes of tokens that name none of Gatehouse's; comma list. */
    @WithDefault("*:read,*:write")
    List<String> defaultScopes();
  }
}
