package dev.gatehouse.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.instance.KnownInstance;
import dev.gatehouse.cli.instance.LoginMethod;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Access tokens between runs: one file each, mode 600, named by the instance and by everything that
 * decides which token it is, so that a changed configuration never meets an old token.
 */
final class TokenCache {

  private static final int NAME_HEX_DIGITS = 16;

  private final Path directory;

  TokenCache(Terminal terminal) {
    this.directory = terminal.cacheDirectory().resolve("tokens");
  }

  /** The tokens, if there are any that nobody else could read or write. */
  Optional<Tokens> find(KnownInstance instance, LoginMethod login) {
    Path file = file(instance, login);
    try {
      if (!Files.isRegularFile(file)
          || PrivateFile.othersMayRead(file)
          || PrivateFile.othersMayWrite(file)) {
        return Optional.empty();
      }
      String text = new String(PrivateFile.read(file), StandardCharsets.UTF_8);
      return Json.parse(text).flatMap(TokenCache::tokens);
    } catch (IOException | Failure e) {
      // A cache that cannot be read costs one more request for a token.
      return Optional.empty();
    }
  }

  /** Keeps an access token that says when it expires, and a refresh token. */
  void store(KnownInstance instance, LoginMethod login, Tokens tokens) throws IOException {
    ObjectNode json = Json.object();
    tokens
        .access()
        .expiresAt()
        .ifPresent(
            end ->
                json.put("accessToken", tokens.access().value())
                    .put("expiresAt", end.getEpochSecond()));
    tokens.refresh().ifPresent(refresh -> json.put("refreshToken", refresh));
    if (!json.isEmpty()) {
      PrivateFile.createDirectory(directory);
      PrivateFile.replace(
          file(instance, login), Json.compact(json).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Removes whatever is kept for an instance, however it was logged in to. */
  void forget(Instance name) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(directory, name + "-" + "?".repeat(NAME_HEX_DIGITS) + ".json")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new Failure(
          "The tokens in %s cannot be removed: %s.".formatted(directory, PrivateFile.reason(e)), e);
    }
  }

  private Path file(KnownInstance instance, LoginMethod login) {
    String identity =
        String.join(
            "\n",
            instance.url().toString(),
            login.identityProvider().toString(),
            login.clientId(),
            login.audience().orElse(""),
            login.scope().orElse(""));
    return directory.resolve(instance.name() + "-" + sha256(identity) + ".json");
  }

  /** Without a remembered access token, one that is over stands in its place. */
  private static Optional<Tokens> tokens(JsonNode json) {
    String access = json.path("accessToken").asText("");
    String refresh = json.path("refreshToken").asText("");
    Instant expiresAt = Instant.ofEpochSecond(json.path("expiresAt").asLong());
    return access.isEmpty() && refresh.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Tokens(
                new AccessToken(access, Optional.of(expiresAt), true),
                Optional.of(refresh).filter(text -> !text.isEmpty())));
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, NAME_HEX_DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
