package dev.gatehouse.cli.instance;

import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "The name of the instance.")
  private Instance name;

  @Parameters(
      index = "1",
      paramLabel = "URL",
      description = "Its control host, for example https://console.example.com")
  private URI url;

  @Option(
      names = "--login",
      paramLabel = "METHOD",
      description =
          "client-credentials, for programs (with --token-url), or device, for people (with"
              + " --issuer).")
  private Optional<LoginKind> login;

  @Option(
      names = "--token-url",
      paramLabel = "URL",
      description = "The identity provider's token endpoint, for client credentials.")
  private Optional<URI> tokenUrl;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "The identity provider, for a login with a device code.")
  private Optional<URI> issuer;

  @Option(names = "--client-id", paramLabel = "ID", description = "The client.")
  private Optional<String> clientId;

  @Option(
      names = "--audience",
      paramLabel = "AUDIENCE",
      description = "Sent to the identity provider if given.")
  private Optional<String> audience;

  @Option(
      names = {"--scope", "--client-scope"},
      paramLabel = "SCOPE",
      description =
          "Sent to the identity provider if given; offline_access keeps people logged in.")
  private Optional<String> scope;

  @Option(names = "--force", description = "Replace what is known about it.")
  private boolean force;

  /** How to get an access token. */
  public enum LoginKind {
    CLIENT_CREDENTIALS,
    DEVICE;

    public static LoginKind parse(String text) {
      return switch (text) {
        case "client-credentials" -> CLIENT_CREDENTIALS;
        case "device" -> DEVICE;
        default ->
            throw new IllegalArgumentException("one logs in with client-credentials or device");
      };
    }
  }

  public InstancesAdd(Terminal terminal, ConfigFile config) {
    this.terminal = terminal;
    this.config = config;
  }

  @Override
  public void run() {
    KnownInstance instance = new KnownInstance(name, url, login());
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

  private Optional<LoginMethod> login() {
    if (login.isEmpty() && tokenUrl.isEmpty() && issuer.isEmpty() && clientId.isEmpty()) {
      return Optional.empty();
    }
    boolean device = login.equals(Optional.of(LoginKind.DEVICE));
    if (device ? tokenUrl.isPresent() : issuer.isPresent()) {
      throw wrong("--issuer goes with --login device, and --token-url with client credentials.");
    }
    URI provider = (device ? issuer : tokenUrl).orElseThrow(() -> missing(device));
    String client = clientId.orElseThrow(() -> missing(device));
    return Optional.of(
        device
            ? new DeviceLogin(provider, client, audience, scope)
            : new ClientCredentials(provider, client, secret(client), audience, scope));
  }

  private String secret(String client) {
    String secret =
        terminal
            .variable(SECRET_VARIABLE)
            .orElseGet(() -> terminal.readSecret("Secret of the client " + client));
    if (secret.isBlank()) {
      throw new Failure(
          "The client secret is missing: set "
              + SECRET_VARIABLE
              + ", or send it on standard input.");
    }
    return secret;
  }

  private ParameterException missing(boolean device) {
    return wrong(
        device
            ? "--login device needs --issuer and --client-id."
            : "Client credentials need --token-url and --client-id.");
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void warnIfExposed(KnownInstance instance) {
    boolean secretExposed =
        instance.login().map(method -> HttpUrl.isExposed(method.identityProvider())).orElse(false);
    if (secretExposed || HttpUrl.isExposed(instance.url())) {
      terminal.note("warning: secrets and tokens will travel unencrypted: use https.");
    }
  }
}
