package dev.gatehouse.cli.gateway;

import dev.gatehouse.cli.api.Answer;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "remove",
    description = {
      "Wait no longer for a gateway that is gone for good. Its id is printed.",
      "One that only cannot be reached may still serve what was removed: stop it first."
    })
@SuppressWarnings("NullAway.Init")
public final class GatewaysRemove implements Callable<Integer> {

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Where it is.")
  private Instance instance;

  @Parameters(index = "1", paramLabel = "ID", description = "Its id.")
  private String id;

  public GatewaysRemove(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public Integer call() {
    Answer answer = connections.to(instance).delete(Resource.GATEWAYS.child(id));
    return GatewayView.GATEWAYS.printRemoved(terminal, id, answer);
  }
}
