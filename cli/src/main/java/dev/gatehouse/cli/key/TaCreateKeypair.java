package dev.gatehouse.cli.key;

import dev.gatehouse.cli.terminal.Json;
import dev.gatehouse.cli.terminal.OutputFormat;
import dev.gatehouse.cli.terminal.Terminal;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "ta-create-keypair",
    description = {
      "Make a key pair that signs tenant API tokens.",
      "The file is PKCS#8 PEM with mode 600. The id of the key is printed."
    })
@SuppressWarnings("NullAway.Init")
public final class TaCreateKeypair implements Runnable {

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "rsa",
      description = "rsa (3072 bits, the default), ec (P-256) or ed25519.")
  private KeyType type;

  @Option(names = "--force", description = "Replace the file if it exists.")
  private boolean force;

  public TaCreateKeypair(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    PrivateHalf pair = PrivateHalf.of(type.generate());
    new KeyFile(file).write(pair, force);
    PublicHalf publicHalf = pair.publicHalf();
    if (terminal.format() == OutputFormat.JSON) {
      terminal.printJson(
          Json.object()
              .put("id", publicHalf.id().value())
              .put("opstraceId", publicHalf.opstraceId().value())
              .put("algorithm", pair.algorithm())
              .put("file", file.toString()));
    } else {
      terminal.printLine(publicHalf.id().value());
    }
  }
}
