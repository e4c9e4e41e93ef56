package dev.gatehouse.cli.revocation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.anchor.AnchorId;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Moment;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.token.GivenToken;
import dev.gatehouse.common.name.TenantId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which tokens are meant. */
final class RevokedTokens {

  private static final String ONE_OF =
      "Say which tokens with one of --token-file, --jti, --subject, --token-hash and --tenant, or"
          + " with --issuer or --key and --not-before.";

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token in this file; - is standard input. Only its hash is sent.")
  private @Nullable Path tokenFile;

  @Option(
      names = "--token-hash",
      paramLabel = "HASH",
      description = "The token whose header.payload has this SHA-256, 64 digits of hex.")
  private @Nullable TokenHash tokenHash;

  @Option(
      names = "--jti",
      paramLabel = "ID",
      description = "The token with this id, of --issuer or --key.")
  private @Nullable String jti;

  @Option(
      names = "--subject",
      paramLabel = "SUBJECT",
      description = "Every token of this subject, of --issuer or --key.")
  private @Nullable String subject;

  @Option(
      names = "--tenant",
      paramLabel = "TENANT",
      description = "Every token of this tenant, until now or --not-before.")
  private @Nullable TenantId tenant;

  @Option(
      names = "--issuer",
      paramLabel = "NAME_OR_URL",
      description = "Of this identity provider; alone with --not-before: all of its older tokens.")
  private @Nullable String issuer;

  @Option(
      names = "--key",
      paramLabel = "KEY_ID",
      description = "Of this trusted key; alone with --not-before: all of its older tokens.")
  private @Nullable AnchorId key;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "Tokens from before this are refused: now, 2026-01-31T12:00:00Z, or 1h ago.")
  private @Nullable Moment notBefore;

  /** The key whose older tokens are meant: it keeps that time itself, without a revocation. */
  Optional<AnchorId> olderOfKey() {
    return named().isEmpty() && notBefore != null && issuer == null
        ? Optional.ofNullable(key)
        : Optional.empty();
  }

  /** Empty if the instance's own clock is meant. */
  Optional<Instant> notBefore(Instant now) {
    return Optional.ofNullable(notBefore).filter(when -> !when.isNow()).map(w -> w.before(now));
  }

  /**
   * What the API takes.
   *
   * @throws IllegalArgumentException if the options do not belong together
   */
  ObjectNode body(Terminal terminal, Instant now) {
    check();
    ObjectNode body = Json.object();
    put(body, "jti", jti);
    put(body, "subject", subject);
    put(body, "tokenHash", tokenHash);
    put(body, "tenant", tenant);
    put(body, "issuer", issuer);
    put(body, "key", key);
    if (notBefore != null && !(tenant != null && notBefore.isNow())) {
      put(body, "notBefore", notBefore.before(now));
    }
    if (tokenFile != null) {
      GivenToken token = GivenToken.read(tokenFile, terminal);
      body.put("tokenHash", token.hash());
      token.expiresAt().ifPresent(end -> body.put("expiresAt", end.toString()));
    }
    return body;
  }

  private void check() {
    List<Object> named = named();
    int signers = (issuer == null ? 0 : 1) + (key == null ? 0 : 1);
    if (named.size() > 1 || (named.isEmpty() && (issuer == null || notBefore == null))) {
      throw new IllegalArgumentException(ONE_OF);
    }
    if (signers > 1) {
      throw new IllegalArgumentException("A token is of an --issuer or of a --key, not of both.");
    }
    if (jti != null || subject != null) {
      if (signers == 0) {
        throw new IllegalArgumentException("Say whose token it is with --issuer or --key.");
      }
    } else if (!named.isEmpty() && signers > 0) {
      throw new IllegalArgumentException("--issuer and --key go with --jti and --subject only.");
    }
    if (notBefore != null && !named.isEmpty() && tenant == null) {
      throw new IllegalArgumentException(
          "--not-before goes with --tenant, --issuer and --key only.");
    }
  }

  private List<Object> named() {
    return Stream.<@Nullable Object>of(tokenFile, tokenHash, jti, subject, tenant)
        .filter(Objects::nonNull)
        .<Object>map(Objects::requireNonNull)
        .toList();
  }

  private static void put(ObjectNode body, String field, @Nullable Object value) {
    if (value != null) {
      body.put(field, value.toString());
    }
  }
}
