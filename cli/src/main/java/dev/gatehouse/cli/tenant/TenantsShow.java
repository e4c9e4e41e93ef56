package dev.gatehouse.cli.tenant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.terminal.Table;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "show", description = "Print what is known about a tenant.")
@SuppressWarnings("NullAway.Init")
public final class TenantsShow implements Runnable {

  private final Terminal terminal;
  private final Connections connections;

  @Mixin private OneTenant tenant;

  public TenantsShow(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    JsonNode body = connections.to(tenant.instance()).get(tenant.resource()).body();
    switch (terminal.format()) {
      case TEXT ->
          body.properties()
              .forEach(
                  field ->
                      terminal.printLine(field.getKey() + ": " + Table.text(field.getValue())));
      case WIDE -> terminal.printLines(TenantPrinter.table(List.of(body)));
      case JSON -> terminal.printJson(body);
    }
  }
}
