package dev.gatehouse.cli.issuer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.common.name.Scope;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is known about an issuer, as far as it can be chosen. */
@SuppressWarnings("NullAway.Init")
final class IssuerOptions {

  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      description =
          "Its tokens must be for one of these, repeatable. Each begins with"
              + " gatehouse-INSTANCE/OWNER.")
  private List<String> audiences = List.of();

  @Option(
      names = "--claims-namespace",
      paramLabel = "CLAIM",
      description = "The claim that holds tenant_id and username; by default they stand alone.")
  private Optional<String> claimsNamespace;

  @Option(
      names = "--may-speak-for",
      paramLabel = "TENANT",
      description = "Its tokens may name this tenant and those nested in it; by default the owner.")
  private Optional<Owner> maySpeakFor;

  @Option(
      names = "--default-scope",
      paramLabel = "SCOPE",
      split = "[ ,]",
      description = "What tokens may do that name no scope, repeatable.")
  private List<Scope> defaultScopes = List.of();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = "[ ,]",
      description = "What its tokens may do at most, repeatable; by default whatever they name.")
  private List<Scope> scopes = List.of();

  Optional<ArrayNode> audiences() {
    return list(audiences);
  }

  Optional<String> claimsNamespace() {
    return claimsNamespace;
  }

  Optional<String> maySpeakFor() {
    return maySpeakFor.map(Owner::value);
  }

  Optional<ArrayNode> defaultScopes() {
    return list(defaultScopes);
  }

  Optional<ArrayNode> scopes() {
    return list(scopes);
  }

  private static Optional<ArrayNode> list(List<?> values) {
    return Optional.of(Json.array(values)).filter(array -> !array.isEmpty());
  }
}
