package dev.gatehouse.cli.instance;

import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "add",
    description = {
      "Make an instance known to this command.",
      "The client secret is taken from GATEHOUSE_CLIENT_SECRET, or asked for, or read from standard"
          + " input; never from an argument, which other users of this machine could see."
    })
@SuppressWarnings("NullAway.Init")
public final class InstancesAdd implements Runnable {

  private static final String SECRET_VARIABLE = "GATEHOUSE_CLIENT_SECRET";

  private final Terminal terminal;
  private final ConfigFile config;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "The name of the instance.")
  private Instance name;

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description = "Its control host, for example https://console.example.com")
  private URI url;

  @ArgGroup(exclusive = false)
  private @Nullable Client client;

  @Option(names = "--force", description = "Replace what is known about it.")
  private boolean force;

  /** The options that come together. */
  @SuppressWarnings("NullAway.Init")
  static final class Client {

    @Option(
        names = "--token-url",
        required = true,
        paramLabel = "URL",
        description = "The identity provider's token endpoint, for client credentials.")
    private URI tokenUrl;

    @Option(names = "--client-id", required = true, paramLabel = "ID", description = "The client.")
    private String clientId;

    @Option(
        names = "--audience",
        paramLabel = "AUDIENCE",
        description = "Sent to the token endpoint if given.")
    private Optional<String> audience;

    @Option(
        names = "--client-scope",
        paramLabel = "SCOPE",
        description = "Sent to the token endpoint if given.")
    private Optional<String> scope;
  }

  public InstancesAdd(Terminal terminal, ConfigFile config) {
    this.terminal = terminal;
    this.config = config;
  }

  @Override
  public void run() {
    KnownInstance instance =
        new KnownInstance(name, url, Optional.ofNullable(client).map(this::credentials));
    if (!config.add(instance, force)) {
      throw new Failure(
          "%s names the instance %s already: pass --force to replace it."
              .formatted(config.path(), name));
    }
    warnIfExposed(instance);
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(Json.object().put("name", name.value()).put("url", url.toString()));
    } else {
      terminal.printLine(name.value());
    }
  }

  private ClientCredentials credentials(Client given) {
    String secret =
        terminal
            .variable(SECRET_VARIABLE)
            .orElseGet(() -> terminal.readSecret("Secret of the client " + given.clientId));
    if (secret.isBlank()) {
      throw new Failure(
          "The client secret is missing: set "
              + SECRET_VARIABLE
              + ", or send it on standard input.");
    }
    return new ClientCredentials(
        given.tokenUrl, given.clientId, secret, given.audience, given.scope);
  }

  private void warnIfExposed(KnownInstance instance) {
    boolean secretExposed =
        instance.login().map(login -> HttpUrl.isExposed(login.tokenUrl())).orElse(false);
    if (secretExposed || HttpUrl.isExposed(instance.url())) {
      terminal.note("warning: secrets and tokens will travel unencrypted: use https.");
    }
  }
}
