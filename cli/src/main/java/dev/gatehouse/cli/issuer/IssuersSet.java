package dev.gatehouse.cli.issuer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.MergePatch;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "set",
    description = {
      "Change what is known about an issuer. What is not named stays as it is.",
      "A list that is named replaces the one that is there."
    })
@SuppressWarnings("NullAway.Init")
public final class IssuersSet implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Spec private CommandSpec spec;

  @Mixin private OneIssuer issuer;

  @Mixin private IssuerOptions options;

  @Option(names = "--no-claims-namespace", description = "tenant_id and username stand alone.")
  private boolean noClaimsNamespace;

  @Option(names = "--no-may-speak-for", description = "It speaks for its owner again.")
  private boolean noMaySpeakFor;

  @Option(names = "--no-default-scope", description = "As if it had been added without.")
  private boolean noDefaultScope;

  @Option(names = "--no-scope", description = "Its tokens may do whatever they name.")
  private boolean noScope;

  @Mixin private WaitOption wait;

  public IssuersSet(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    JsonNode patch = patch().body();
    Answer answer = connections.to(issuer.instance()).patch(issuer.resource().with(wait), patch);
    return IssuerView.ISSUERS.printWritten(terminal, answer);
  }

  private MergePatch patch() {
    return new MergePatch(spec)
        .set("audiences", "audience", options.audiences(), false)
        .text("claimsNamespace", "claims-namespace", options.claimsNamespace(), noClaimsNamespace)
        .text("maySpeakFor", "may-speak-for", options.maySpeakFor(), noMaySpeakFor)
        .set("defaultScopes", "default-scope", options.defaultScopes(), noDefaultScope)
        .set("scopes", "scope", options.scopes(), noScope);
  }
}
