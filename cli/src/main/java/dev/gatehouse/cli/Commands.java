package dev.gatehouse.cli;

import dev.gatehouse.cli.anchor.Keys;
import dev.gatehouse.cli.anchor.KeysNotBefore;
import dev.gatehouse.cli.anchor.KeysSet;
import dev.gatehouse.cli.anchor.KeysShow;
import dev.gatehouse.cli.anchor.TaPubkeysAdd;
import dev.gatehouse.cli.anchor.TaPubkeysList;
import dev.gatehouse.cli.anchor.TaPubkeysRemove;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.audit.Audit;
import dev.gatehouse.cli.audit.AuditExport;
import dev.gatehouse.cli.audit.AuditList;
import dev.gatehouse.cli.audit.AuditPrune;
import dev.gatehouse.cli.audit.AuditVerify;
import dev.gatehouse.cli.explain.Explain;
import dev.gatehouse.cli.feed.Feeds;
import dev.gatehouse.cli.feed.FeedsAccept;
import dev.gatehouse.cli.feed.FeedsList;
import dev.gatehouse.cli.gateway.Gateways;
import dev.gatehouse.cli.gateway.GatewaysList;
import dev.gatehouse.cli.gateway.GatewaysRemove;
import dev.gatehouse.cli.http.Http;
import dev.gatehouse.cli.instance.ConfigFile;
import dev.gatehouse.cli.instance.Instances;
import dev.gatehouse.cli.instance.InstancesAdd;
import dev.gatehouse.cli.instance.InstancesList;
import dev.gatehouse.cli.instance.InstancesRemove;
import dev.gatehouse.cli.issuer.Issuers;
import dev.gatehouse.cli.issuer.IssuersAdd;
import dev.gatehouse.cli.issuer.IssuersList;
import dev.gatehouse.cli.issuer.IssuersRefresh;
import dev.gatehouse.cli.issuer.IssuersRemove;
import dev.gatehouse.cli.issuer.IssuersSet;
import dev.gatehouse.cli.issuer.IssuersShow;
import dev.gatehouse.cli.key.TaCreateKeypair;
import dev.gatehouse.cli.login.AccessTokens;
import dev.gatehouse.cli.login.Login;
import dev.gatehouse.cli.registry.Export;
import dev.gatehouse.cli.registry.Import;
import dev.gatehouse.cli.revocation.Revocations;
import dev.gatehouse.cli.revocation.RevocationsList;
import dev.gatehouse.cli.revocation.RevocationsRemove;
import dev.gatehouse.cli.revocation.RevocationsShow;
import dev.gatehouse.cli.revocation.Revoke;
import dev.gatehouse.cli.tenant.Tenants;
import dev.gatehouse.cli.tenant.TenantsAdd;
import dev.gatehouse.cli.tenant.TenantsList;
import dev.gatehouse.cli.tenant.TenantsRemove;
import dev.gatehouse.cli.tenant.TenantsResume;
import dev.gatehouse.cli.tenant.TenantsSet;
import dev.gatehouse.cli.tenant.TenantsShow;
import dev.gatehouse.cli.tenant.TenantsSuspend;
import dev.gatehouse.cli.terminal.Pause;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.cli.token.TaCreateToken;
import dev.gatehouse.cli.user.Users;
import dev.gatehouse.cli.user.UsersRemove;
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
  private final Pause pause;
  private final Map<String, Supplier<CommandLine>> table = new LinkedHashMap<>();

  Commands(Terminal terminal, Clock clock, Pause pause) {
    this.terminal = terminal;
    this.clock = clock;
    this.pause = pause;
    one("ta-create-keypair", () -> new TaCreateKeypair(terminal));
    one("ta-create-token", () -> new TaCreateToken(terminal, clock));
    one("ta-pubkeys-add", () -> new TaPubkeysAdd(terminal, clock, connections()));
    one("ta-pubkeys-list", () -> new TaPubkeysList(terminal, connections()));
    one("ta-pubkeys-remove", () -> new TaPubkeysRemove(terminal, connections()));
    table.put("keys", this::keys);
    table.put("tenants", this::tenants);
    table.put("issuers", this::issuers);
    one("revoke", () -> new Revoke(terminal, clock, connections()));
    table.put("revocations", this::revocations);
    table.put("users", this::users);
    table.put("audit", this::audit);
    one("explain", () -> new Explain(terminal, connections()));
    table.put("gateways", this::gateways);
    table.put("feeds", this::feeds);
    one("export", () -> new Export(terminal, connections()));
    one("import", () -> new Import(terminal, connections(), pause));
    table.put("instances", this::instances);
    one("login", () -> new Login(terminal, config(), tokens()));
    one(COMPLETION, () -> new Completion(terminal));
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

  private void one(String name, Supplier<Object> command) {
    table.put(name, () -> new CommandLine(command.get()));
  }

  private CommandLine tenants() {
    Connections connections = connections();
    return new CommandLine(new Tenants())
        .addSubcommand(new TenantsAdd(terminal, connections))
        .addSubcommand(new TenantsList(terminal, connections))
        .addSubcommand(new TenantsShow(terminal, connections))
        .addSubcommand(new TenantsSet(terminal, connections))
        .addSubcommand(new TenantsSuspend(terminal, connections))
        .addSubcommand(new TenantsResume(terminal, connections))
        .addSubcommand(new TenantsRemove(terminal, connections));
  }

  private CommandLine keys() {
    Connections connections = connections();
    return new CommandLine(new Keys())
        .addSubcommand(new KeysShow(terminal, connections))
        .addSubcommand(new KeysSet(terminal, clock, connections))
        .addSubcommand(new KeysNotBefore(terminal, clock, connections));
  }

  private CommandLine issuers() {
    Connections connections = connections();
    return new CommandLine(new Issuers())
        .addSubcommand(new IssuersAdd(terminal, connections))
        .addSubcommand(new IssuersList(terminal, connections))
        .addSubcommand(new IssuersShow(terminal, connections))
        .addSubcommand(new IssuersSet(terminal, connections))
        .addSubcommand(new IssuersRemove(terminal, connections))
        .addSubcommand(new IssuersRefresh(terminal, connections));
  }

  private CommandLine revocations() {
    Connections connections = connections();
    return new CommandLine(new Revocations())
        .addSubcommand(new RevocationsList(terminal, connections))
        .addSubcommand(new RevocationsShow(terminal, connections))
        .addSubcommand(new RevocationsRemove(terminal, connections));
  }

  private CommandLine users() {
    Connections connections = connections();
    return new CommandLine(new Users()).addSubcommand(new UsersRemove(terminal, connections));
  }

  private CommandLine audit() {
    Connections connections = connections();
    return new CommandLine(new Audit())
        .addSubcommand(new AuditList(terminal, clock, connections))
        .addSubcommand(new AuditExport(terminal, clock, connections))
        .addSubcommand(new AuditVerify(terminal, connections))
        .addSubcommand(new AuditPrune(terminal, connections));
  }

  private CommandLine gateways() {
    Connections connections = connections();
    return new CommandLine(new Gateways())
        .addSubcommand(new GatewaysList(terminal, connections))
        .addSubcommand(new GatewaysRemove(terminal, connections));
  }

  private CommandLine feeds() {
    Connections connections = connections();
    return new CommandLine(new Feeds())
        .addSubcommand(new FeedsList(terminal, connections))
        .addSubcommand(new FeedsAccept(terminal, connections));
  }

  private CommandLine instances() {
    return new CommandLine(new Instances())
        .addSubcommand(new InstancesAdd(terminal, config()))
        .addSubcommand(new InstancesList(terminal, config()))
        .addSubcommand(new InstancesRemove(terminal, config(), tokens()::forget));
  }

  private ConfigFile config() {
    return new ConfigFile(terminal);
  }

  private AccessTokens tokens() {
    return new AccessTokens(terminal, clock, pause, new Http());
  }

  private Connections connections() {
    return new Connections(config(), tokens(), new Http());
  }
}
