package dev.gatehouse.cli.revocation;

import dev.gatehouse.cli.api.View;
import java.util.List;

/** Revocations on standard output. */
final class RevocationView {

  static final View REVOCATIONS =
      new View(
          "revocations",
          "id",
          List.of(
              "id",
              "owner",
              "type",
              "value",
              "issuer",
              "key",
              "notBefore",
              "vanishesAt",
              "createdAt",
              "reason"));

  private RevocationView() {}
}
