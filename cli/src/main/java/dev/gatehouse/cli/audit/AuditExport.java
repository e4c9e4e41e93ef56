package dev.gatehouse.cli.audit;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Print the complete entries as JSON Lines, the oldest first, with the hashes that chain them.",
      "audit verify --file checks what it printed, and audit prune removes that from the instance."
    })
@SuppressWarnings("NullAway.Init")
public final class AuditExport implements Runnable {

  private static final String PAGE = "500";

  private final Terminal terminal;
  private final Clock clock;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose log.")
  private Instance instance;

  @Mixin private Period period;

  public AuditExport(Terminal terminal, Clock clock, Connections connections) {
    this.terminal = terminal;
    this.clock = clock;
    this.connections = connections;
  }

  @Override
  public void run() {
    Resource log =
        period.in(Resource.AUDIT, clock.instant()).with("order", "asc").with("limit", PAGE);
    connections
        .to(instance)
        .each(
            log,
            "entries",
            entry -> {
              terminal.printJsonLine(entry);
              return true;
            });
  }
}
