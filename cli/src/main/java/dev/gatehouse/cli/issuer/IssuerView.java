package dev.gatehouse.cli.issuer;

import dev.gatehouse.cli.api.View;
import java.util.List;

/** Issuers on standard output. */
final class IssuerView {

  static final View ISSUERS =
      new View(
          "issuers",
          "name",
          List.of(
              "name",
              "owner",
              "issuer",
              "audiences",
              "maySpeakFor",
              "origin",
              "keysAsOf",
              "lastError"));

  private IssuerView() {}
}
