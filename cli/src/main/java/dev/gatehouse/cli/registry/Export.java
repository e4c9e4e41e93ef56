package dev.gatehouse.cli.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.api.Connections;
import dev.gatehouse.cli.api.ControlApi;
import dev.gatehouse.cli.api.Resource;
import dev.gatehouse.cli.file.PrivateFile;
import dev.gatehouse.cli.terminal.Failure;
import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.Terminal;
import dev.gatehouse.common.name.Instance;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description = {
      "Write all tenants, keys, issuers and revocations as JSON Lines, for import.",
      "A file appears when it is complete, with mode 600. The audit log has an export of its own."
    })
@SuppressWarnings("NullAway.Init")
public final class Export implements Runnable {

  private static final String PAGE = "500";

  private final Terminal terminal;
  private final Connections connections;

  @Parameters(index = "0", paramLabel = "INSTANCE", description = "Whose registry.")
  private Instance instance;

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "-",
      paramLabel = "FILE",
      description = "The file to write; - (the default) is standard output.")
  private Path file;

  public Export(Terminal terminal, Connections connections) {
    this.terminal = terminal;
    this.connections = connections;
  }

  @Override
  public void run() {
    if (file.toString().equals("-")) {
      writeTo(terminal::printJsonLine);
      return;
    }
    try {
      PrivateFile.replace(file.toAbsolutePath(), out -> writeTo(line -> write(line, out)));
    } catch (IOException e) {
      throw new Failure(file + " cannot be written: " + PrivateFile.reason(e) + ".", e);
    } catch (UncheckedIOException e) {
      throw new Failure(
          file
              + " cannot be written: "
              + PrivateFile.reason(Objects.requireNonNull(e.getCause()))
              + ".",
          e);
    }
  }

  private void writeTo(Consumer<JsonNode> lines) {
    ControlApi api = connections.to(instance);
    lines.accept(Header.of(instance.value()));
    for (RegistryKind.Service service : RegistryKind.Service.values()) {
      api.each(
          Resource.REGISTRY.child(service.path()).with("limit", PAGE),
          "entries",
          entry -> {
            lines.accept(entry);
            return true;
          });
    }
  }

  private static void write(JsonNode line, OutputStream out) {
    try {
      out.write((Json.compact(line) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
