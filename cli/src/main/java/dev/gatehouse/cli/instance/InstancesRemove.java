package dev.gatehouse.cli.instance;

import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description =
        "Forget an instance, its client secret and its tokens. The instance itself is not touched.")
@SuppressWarnings("NullAway.Init")
public final class InstancesRemove implements Runnable {

  private final Terminal terminal;
  private final ConfigFile config;
  private final Consumer<Instance> tokens;

  @Parameters(paramLabel = "INSTANCE", description = "Its name.")
  private Instance name;

  /**
   * @param tokens forgets those of an instance
   */
  public InstancesRemove(Terminal terminal, ConfigFile config, Consumer<Instance> tokens) {
    this.terminal = terminal;
    this.config = config;
    this.tokens = tokens;
  }

  @Override
  public void run() {
    if (!config.remove(name)) {
      throw new Failure(
          "%s does not name the instance %s: see gatehouse instances list."
              .formatted(config.path(), name));
    }
    tokens.accept(name);
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(Json.object().put("name", name.value()));
    } else {
      terminal.printLine(name.value());
    }
  }
}
