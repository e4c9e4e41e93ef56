package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;

/** What the documents show is what the command understands. */
class DocumentedCommandsTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = ROOT.resolve("cli/README.md");

  static Stream<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (String module : List.of("", "cli", "deploy/local", "deploy/helm/gatehouse")) {
      Path readme = ROOT.resolve(module).resolve("README.md");
      if (Files.exists(readme)) {
        documents.add(readme);
      }
    }
    return documents.stream();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCallThatIsShownIsUnderstood(Path document) throws IOException {
    for (List<String> call : DocumentedCommands.inBlocks(Files.readString(document))) {
      assertThatCode(() -> parse(call)).as("gatehouse %s", call).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyCommandThatASentenceNamesIsThere(Path document) throws IOException {
    for (List<String> call : DocumentedCommands.inSentences(Files.readString(document))) {
      assertThatCode(() -> parseBeginning(call))
          .as("gatehouse %s", call)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void everyExampleOfTheReadmeIsUnderstood() throws IOException {
    List<List<String>> examples = DocumentedCommands.examples(Files.readString(README));

    assertThat(examples).hasSizeGreaterThan(30);
    for (List<String> example : examples) {
      assertThatCode(() -> parse(example)).as("%s", example).doesNotThrowAnyException();
    }
  }

  @Test
  void callsAreFoundWhereverTheyStandInABlock() {
    String document =
        """
        ```
        $ gatehouse tenants add local acme --wait   # tells when
        cli/gatehouse export local > /tmp/x.jsonl && gatehouse feeds \\
          accept local keys --yes
        date | gatehouse import local -
        curl -H "Authorization: Bearer $(cat x)" http://gatehouse acme
        ```
        `gatehouse export` writes
        """;

    assertThat(DocumentedCommands.inBlocks(document))
        .containsExactly(
            List.of("tenants", "add", "local", "acme", "--wait"),
            List.of("export", "local"),
            List.of("feeds", "accept", "local", "keys", "--yes"),
            List.of("import", "local", "-"));
    assertThat(DocumentedCommands.inSentences(document)).containsExactly(List.of("export"));
  }

  @Test
  void aCommandAnOptionAndAnArgumentThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> parse(List.of("tenant", "add", "local", "acme")))
        .isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> parse(List.of("tenants", "add", "local", "acme", "--for-ever")))
        .isInstanceOf(ParameterException.class);
    assertThatThrownBy(() -> parse(List.of("tenants", "add", "local")))
        .isInstanceOf(MissingParameterException.class);
    assertThatThrownBy(() -> parseBeginning(List.of("feeds", "excuse")))
        .isInstanceOf(ParameterException.class);
  }

  private static void parse(List<String> call) {
    String[] arguments = call.toArray(String[]::new);
    CommandLine line =
        new Commands(Terminal.ofProcess(), Clock.systemUTC(), pause -> {}).commandLine(arguments);
    line.parseArgs(arguments);
  }

  private static void parseBeginning(List<String> call) {
    try {
      parse(call);
    } catch (MissingParameterException incomplete) {
      // A sentence may name a command without saying what it is used on.
      assertThat(incomplete.getMessage()).isNotBlank();
    }
  }
}
