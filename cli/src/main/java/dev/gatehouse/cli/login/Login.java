package dev.gatehouse.cli.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatehouse.cli.instance.ConfigFile;
import dev.gatehouse.cli.instance.KnownInstance;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "login",
    description = {
      "Get a new access token for an instance and remember it.",
      "With a device login, a code is shown to be entered in a browser. Other commands renew the"
          + " token by themselves, as long as the identity provider lets them."
    })
@SuppressWarnings("NullAway.Init")
public final class Login implements Runnable {

  private final Terminal terminal;
  private final ConfigFile config;
  private final AccessTokens tokens;

  @Parameters(paramLabel = "INSTANCE", description = "Its name.")
  private Instance name;

  public Login(Terminal terminal, ConfigFile config, AccessTokens tokens) {
    this.terminal = terminal;
    this.config = config;
    this.tokens = tokens;
  }

  @Override
  public void run() {
    if (tokens.isGiven()) {
      throw new Failure(
          AccessTokens.VARIABLE + " is set and wins over every login: unset it and try again.");
    }
    KnownInstance instance = config.instance(name);
    AccessToken token = tokens.login(instance);
    String until = token.expiresAt().map(Instant::toString).orElse("unknown");
    if (terminal.format() == OutputFormat.JSON) {
      ObjectNode json = Json.object().put("instance", name.value());
      token.expiresAt().ifPresent(expiresAt -> json.put("expiresAt", expiresAt.toString()));
      terminal.printJson(json);
    } else {
      terminal.note("logged in to " + name + ", until " + until + ".");
    }
  }
}
