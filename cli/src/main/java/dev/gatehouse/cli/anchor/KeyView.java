package dev.gatehouse.cli.anchor;

import dev.gatehouse.cli.api.View;
import java.util.List;

/** Trusted keys on standard output. */
final class KeyView {

  static final View KEYS =
      new View(
          "keys",
          "id",
          List.of(
              "id",
              "opstraceId",
              "owner",
              "personal",
              "scopes",
              "algorithm",
              "createdAt",
              "lastUsedAt",
              "expiresAt",
              "description"));

  private KeyView() {}
}
