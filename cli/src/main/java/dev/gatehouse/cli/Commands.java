package dev.gatehouse.cli;

import dev.gatehouse.cli.anchor.TaPubkeysAdd;
import dev.gatehouse.cli.anchor.TaPubkeysList;
import dev.gatehouse.cli.anchor.TaPubkeysRemove;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.ConfigFile;
import dev.gatehouse.cli.instance.Instances;
import dev.gatehouse.cli.instance.InstancesAdd;
import dev.gatehouse.cli.instance.InstancesList;
import dev.gatehouse.cli.instance.InstancesRemove;
import dev.gatehouse.cli.key.TaCreateKeypair;
import dev.gatehouse.cli.login.AccessTokens;
import dev.gatehouse.cli.login.Login;
import dev.gatehouse.cli.tenant.Tenants;
import dev.gatehouse.cli.tenant.TenantsAdd;
import dev.gatehouse.cli.tenant.TenantsList;
import dev.gatehouse.cli.tenant.TenantsRemove;
import dev.gatehouse.cli.tenant.TenantsResume;
import dev.gatehouse.cli.tenant.TenantsShow;
import dev.gatehouse.cli.tenant.TenantsSuspend;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.token.TaCreateToken;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The table of commands. Reading the annotations of one costs milliseconds, so a run makes only the
 * command that it was started for.
 */
final class Commands {

  private static final String COMPLETION = "completion";

  private final Terminal terminal;
  private final Clock clock;
  private final Map<String, Supplier<CommandLine>> table = new LinkedHashMap<>();

  Commands(Terminal terminal, Clock clock) {
    this.terminal = terminal;
    this.clock = clock;
    table.put("ta-create-keypair", () -> new CommandLine(new TaCreateKeypair(terminal)));
    table.put("ta-create-token", () -> new CommandLine(new TaCreateToken(terminal, clock)));
    table.put("ta-pubkeys-add", () -> new CommandLine(new TaPubkeysAdd(terminal, connections())));
    table.put("ta-pubkeys-list", () -> new CommandLine(new TaPubkeysList(terminal, connections())));
    table.put(
        "ta-pubkeys-remove", () -> new CommandLine(new TaPubkeysRemove(terminal, connections())));
    table.put("tenants", this::tenants);
    table.put("instances", this::instances);
    table.put("login", () -> new CommandLine(new Login(terminal, config(), tokens())));
    table.put(COMPLETION, () -> new CommandLine(new Completion(terminal)));
  }

  /** The command line with all that it takes to interpret these arguments. */
  CommandLine commandLine(String[] arguments) {
    CommandLine root = new CommandLine(new Gatehouse(terminal));
    String first = arguments.length == 0 ? "" : arguments[0];
    if (table.containsKey(first) && !first.equals(COMPLETION)) {
      root.addSubcommand(first, table.get(first).get());
    } else {
      table.forEach((name, command) -> root.addSubcommand(name, command.get()));
    }
    Values.register(root);
    return root;
  }

  private CommandLine tenants() {
    Connections connections = connections();
    return new CommandLine(new Tenants())
        .addSubcommand(new TenantsAdd(terminal, connections))
        .addSubcommand(new TenantsList(terminal, connections))
        .addSubcommand(new TenantsShow(terminal, connections))
        .addSubcommand(new TenantsSuspend(terminal, connections))
        .addSubcommand(new TenantsResume(terminal, connections))
        .addSubcommand(new TenantsRemove(terminal, connections));
  }

  private CommandLine instances() {
    return new CommandLine(new Instances())
        .addSubcommand(new InstancesAdd(terminal, config()))
        .addSubcommand(new InstancesList(terminal, config()))
        .addSubcommand(new InstancesRemove(terminal, config()));
  }

  private ConfigFile config() {
    return new ConfigFile(terminal);
  }

  private AccessTokens tokens() {
    return new AccessTokens(terminal, clock, new Http());
  }

  private Connections connections() {
    return new Connections(config(), tokens(), new Http());
  }
}
