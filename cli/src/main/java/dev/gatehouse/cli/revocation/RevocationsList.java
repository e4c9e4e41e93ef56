package dev.gatehouse.cli.revocation;

import dev.gatehouse.cli.anchor.Owner;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Print the ids of the revocations, one a line.")
@SuppressWarnings("NullAway.Init")
public final class RevocationsList implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose revocations.")
  private Instance instance;

  @Option(names = "--owner", paramLabel = "TENANT", description = "Only those of this owner, or *.")
  private Optional<Owner> owner;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Only these: jti, subject, token_hash, tenant or issuer.")
  private Optional<Type> type;

  enum Type {
    JTI,
    SUBJECT,
    TOKEN_HASH,
    TENANT,
    ISSUER
  }

  public RevocationsList(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    Resource resource =
        Resource.REVOCATIONS
            .with("owner", owner)
            .with("type", type.map(t -> t.name().toLowerCase(Locale.ROOT)));
    RevocationView.REVOCATIONS.printAll(
        terminal, connections.to(instance).list(resource, "revocations"));
  }
}
