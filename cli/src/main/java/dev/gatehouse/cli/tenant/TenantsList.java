package dev.gatehouse.cli.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "list", description = "Print the names of the tenants, one a line.")
@SuppressWarnings("NullAway.Init")
public final class TenantsList implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(paramLabel = "INSTANCE", description = "Whose tenants.")
  private Instance instance;

  @Option(names = "--prefix", paramLabel = "TEXT", description = "Only those whose names begin so.")
  private Optional<String> prefix;

  @Option(names = "--status", paramLabel = "STATUS", description = "Only active or suspended ones.")
  private Optional<Status> status;

  enum Status {
    ACTIVE,
    SUSPENDED
  }

  public TenantsList(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    Resource resource =
        Resource.TENANTS
            .with("prefix", prefix)
            .with("status", status.map(s -> s.name().toLowerCase(Locale.ROOT)));
    List<JsonNode> tenants = connections.to(instance).list(resource, "tenants");
    TenantView.TENANTS.printAll(terminal, tenants);
  }
}
