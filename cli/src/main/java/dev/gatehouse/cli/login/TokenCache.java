package dev.gatehouse.cli.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.instance.ClientCredentials;
import dev.gatehouse.cli.instance.KnownInstance;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  /** The token, if there is one that nobody else could read or write. */
  Optional<AccessToken> find(KnownInstance instance, ClientCredentials login) {
    Path file = file(instance, login);
    try {
      if (!Files.isRegularFile(file)
          || PrivateFile.othersMayRead(file)
          || PrivateFile.othersMayWrite(file)) {
        return Optional.empty();
      }
      String text = new String(PrivateFile.read(file), StandardCharsets.UTF_8);
      return Json.parse(text).flatMap(TokenCache::token);
    } catch (IOException | Failure e) {
      // A cache that cannot be read costs one more request for a token.
      return Optional.empty();
    }
  }

  /** Keeps a token that says when it expires. */
  void store(KnownInstance instance, ClientCredentials login, AccessToken token)
      throws IOException {
    if (token.expiresAt().isPresent()) {
      PrivateFile.createDirectory(directory);
      String json =
          Json.compact(
              Json.object()
                  .put("accessToken", token.value())
                  .put("expiresAt", token.expiresAt().get().getEpochSecond()));
      PrivateFile.replace(file(instance, login), json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path file(KnownInstance instance, ClientCredentials login) {
    String identity =
        String.join(
            "\n",
            instance.url().toString(),
            login.tokenUrl().toString(),
            login.clientId(),
            login.audience().orElse(""),
            login.scope().orElse(""));
    return directory.resolve(instance.name() + "-" + sha256(identity) + ".json");
  }

  private static Optional<AccessToken> token(JsonNode json) {
    String value = json.path("accessToken").asText("");
    long expiresAt = json.path("expiresAt").asLong();
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(new AccessToken(value, Optional.of(Instant.ofEpochSecond(expiresAt)), true));
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
