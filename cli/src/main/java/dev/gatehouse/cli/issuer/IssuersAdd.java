package dev.gatehouse.cli.issuer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.api.WaitOption;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.TenantId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "add",
    description = {
      "Accept the access tokens of an identity provider.",
      "The instance fetches its keys by discovery. The name is printed."
    })
@SuppressWarnings("NullAway.Init")
public final class IssuersAdd implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where to add it.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "NAME", description = "What to call it.")
  private IssuerName name;

  /** A text, not a URL: tokens are compared with it to the last character. */
  @Parameters(
      index = "2",
      paramLabel = "URL",
      description = "As the provider writes it in iss, a slash at the end included.")
  private String url;

  @Option(
      names = "--owner",
      paramLabel = "TENANT",
      description = "Whose it is; by default that of your own identity.")
  private Optional<TenantId> owner;

  @Mixin private IssuerOptions options;

  @Mixin private WaitOption wait;

  public IssuersAdd(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    ObjectNode body = body();
    Answer answer = connections.to(instance).post(Resource.ISSUERS.with(wait), body);
    return IssuerView.ISSUERS.printWritten(terminal, answer);
  }

  private ObjectNode body() {
    ObjectNode body = Json.object().put("name", name.value()).put("issuer", url);
    body.set(
        "audiences",
        options
            .audiences()
            .orElseThrow(
                () -> new ParameterException(spec.commandLine(), "Pass at least one --audience.")));
    options.claimsNamespace().ifPresent(claim -> body.put("claimsNamespace", claim));
    options.maySpeakFor().ifPresent(tenant -> body.put("maySpeakFor", tenant));
    owner.ifPresent(tenant -> body.put("owner", tenant.value()));
    options.defaultScopes().ifPresent(scopes -> body.set("defaultScopes", scopes));
    options.scopes().ifPresent(scopes -> body.set("scopes", scopes));
    return body;
  }
}
