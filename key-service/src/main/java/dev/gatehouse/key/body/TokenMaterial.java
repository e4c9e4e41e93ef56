package dev.gatehouse.key.body;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.common.error.Invalid;
import dev.gatehouse.key.material.QuietJson;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds tokens where only their names are wanted, and refuses them without quoting them. */
public final class TokenMaterial {

  /** JWS Compact Serialization (RFC 7515 §7.1); {@code eyJ} is how any JSON object begins. */
  private static final Pattern TOKEN =
      Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

  private TokenMaterial() {}

  /**
   * Looks through a body.
   *
   * @throws Invalid when a token is in any text of it
   */
  public static void refuseIn(@Nullable String body) {
    if (body != null) {
      refuseInText(body);
      QuietJson.parse(body).ifPresent(TokenMaterial::refuseInTree);
    }
  }

  private static void refuseInTree(JsonNode tree) {
    if (tree.isTextual()) {
      refuseInText(tree.textValue());
    }
    tree.forEach(TokenMaterial::refuseInTree);
  }

  private static void refuseInText(String text) {
    if (TOKEN.matcher(text).find()) {
      throw Fields.invalid(
          "There is a token in the body, and tokens are not stored; send its jti, or as tokenHash"
              + " the SHA-256 of what stands before its last dot");
    }
  }
}
