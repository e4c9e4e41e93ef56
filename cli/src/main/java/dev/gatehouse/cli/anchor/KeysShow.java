package dev.gatehouse.cli.anchor;

import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Print what is known about a trusted key.")
@SuppressWarnings("NullAway.Init")
public final class KeysShow implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneKey key;

  public KeysShow(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    KeyView.KEYS.printOne(terminal, connections.to(key.instance()).get(key.resource()).body());
  }
}
