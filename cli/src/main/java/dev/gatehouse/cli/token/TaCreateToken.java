package dev.gatehouse.cli.token;

import dev.gatehouse.cli.key.KeyFile;
import dev.gatehouse.cli.key.PrivateHalf;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import dev.gatehouse.common.name.Scope;
import dev.gatehouse.common.name.TenantId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ta-create-token",
    description = {
      "Mint a tenant API token, without a network.",
      "The token alone is printed, without a newline."
    })
@SuppressWarnings("NullAway.Init")
public final class TaCreateToken implements Runnable {

  private final Terminal terminal;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "INSTANCE",
      description = "The name of the instance that is to accept the token.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "TENANT", description = "The one tenant it is for.")
  private TenantId tenant;

  @Parameters(index = "2", paramLabel = "FILE", description = "The key pair that signs it.")
  private Path file;

  @Option(
      names = "--lifetime",
      paramLabel = "TIME",
      defaultValue = "90d",
      description = "How long it is valid: 90d (the default), 12h, 30m, …")
  private Lifetime lifetime;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = "[ ,]",
      description = "What it may do, repeatable; by default read and write data of every api.")
  private List<Scope> scopes = List.of();

  @Option(names = "--insecure-permissions", description = "Accept a key file that others may read.")
  private boolean insecurePermissions;

  public TaCreateToken(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
  }

  @Override
  public void run() {
    TenantToken token = token();
    PrivateHalf key = new KeyFile(file).privateHalf(insecurePermissions);
    String signed = token.signedBy(key);
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(
          Json.object()
              .put("token", signed)
              .put("id", token.id().toString())
              .put("keyId", key.publicHalf().id().value())
              .put("expiresAt", token.expiresAt().toString()));
    } else {
      terminal.print(signed);
    }
  }

  private TenantToken token() {
    try {
      return new TenantToken(
          instance,
          tenant,
          clock.instant().truncatedTo(ChronoUnit.SECONDS),
          lifetime,
          UUID.randomUUID(),
          scopes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "Wrong value: " + e.getMessage());
    }
  }
}
