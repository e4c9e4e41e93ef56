package dev.gatehouse.cli.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.AgainstAnInstance;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest extends AgainstAnInstance {

  private static final String TENANTS = "GET /api/v1/registry/tenants?limit=500";
  private static final String KEYS = "GET /api/v1/registry/keys?limit=500";
  private static final String TENANT = "{\"kind\":\"tenant\",\"id\":\"t1\",\"name\":\"acme\"}";
  private static final String FORMER = "{\"kind\":\"former-name\",\"name\":\"old\"}";
  private static final String KEY = "{\"kind\":\"key\",\"id\":\"k1\",\"owner\":\"acme\"}";
  private static final String HEADER =
      "{\"format\":\"gatehouse-registry\",\"version\":1,\"instance\":\"local\"}";
  private static final String EXPORT = String.join("\n", HEADER, TENANT, FORMER, KEY, "");

  @Test
  void exportWritesTenantsAndThenKeysOfAllPages() throws IOException {
    answerWithTheRegistry();
    Path file = workplace.file("registry.jsonl");

    Outcome outcome = gatehouse("export local " + file);

    assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
    assertThat(Files.readString(file)).isEqualTo(EXPORT);
    assertThat(workplace.mode(file)).isEqualTo("rw-------");
  }

  @ParameterizedTest
  @CsvSource({"export local", "export local -"})
  void exportPrintsWithoutAFile(String line) {
    answerWithTheRegistry();

    assertThat(gatehouse(line)).isEqualTo(new Outcome(0, EXPORT, ""));
  }

  @Test
  void anExportThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
    instance
        .answer(TENANTS, 200, page(TENANT, ""))
        .refuse(KEYS, 503, "service_unavailable", "The keys are not there");
    workplace.withFile("registry.jsonl", "the old one");

    Outcome outcome = gatehouse("export local " + workplace.file("registry.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("service_unavailable", "Try again");
    assertThat(Files.readString(workplace.file("registry.jsonl"))).isEqualTo("the old one");
    try (Stream<Path> files = Files.list(home)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("registry.jsonl", ".config", ".cache");
    }
  }

  @Test
  void exportSaysWhyAFileCannotBeWritten() {
    answerWithTheRegistry();

    Outcome outcome = gatehouse("export local " + workplace.file("no/such/registry.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("no such file or directory");
  }

  @Test
  void importSendsToEachServiceWhatIsIts() {
    workplace.withFile("registry.jsonl", EXPORT);
    instance
        .answer("POST /api/v1/registry/tenants", 200, "{\"created\":1,\"unchanged\":1}")
        .answer("POST /api/v1/registry/keys", 200, "{\"created\":1,\"unchanged\":0}");

    Outcome outcome = gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(outcome).isEqualTo(new Outcome(0, "2 created, 1 unchanged\n", ""));
    assertThat(instance.calls())
        .extracting(call -> call.line() + " " + call.body())
        .containsExactly(
            "POST /api/v1/registry/tenants {\"entries\":[" + TENANT + "," + FORMER + "]}",
            "POST /api/v1/registry/keys {\"entries\":[" + KEY + "]}");
  }

  @Test
  void importSendsAtMost500EntriesAtATime() {
    String tenants =
        IntStream.range(0, 1_001)
            .mapToObj(i -> TENANT.replace("t1", "t" + i))
            .collect(Collectors.joining("\n"));
    workplace.withFile("registry.jsonl", HEADER + "\n" + tenants + "\n");
    instance.answer("POST /api/v1/registry/tenants", 200, "{\"created\":1,\"unchanged\":0}");

    gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(instance.calls())
        .extracting(call -> call.body().split("\"kind\"", -1).length - 1)
        .containsExactly(500, 500, 1);
  }

  @Test
  void importKeepsEachCallBelowWhatAnInstanceTakes() {
    String large = KEY.replace("acme", "é".repeat(100_000));
    workplace.withFile("registry.jsonl", String.join("\n", HEADER, large, large, large, large));
    instance.answer("POST /api/v1/registry/keys", 200, "{\"created\":1}");

    // More than the command reads of other files.
    Outcome outcome = gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(outcome.out()).isEqualTo("2 created, 0 unchanged\n");
    assertThat(instance.calls()).hasSize(2).allMatch(call -> call.body().length() < 1 << 19);
  }

  @Test
  void importStopsAtTheFirstConflictAndSaysWhatIsDone() {
    workplace.withFile("registry.jsonl", EXPORT);
    instance
        .answer("POST /api/v1/registry/tenants", 200, "{\"created\":2,\"unchanged\":0}")
        .refuse(
            "POST /api/v1/registry/keys", 409, "import_conflict", "key k1 has another owner here");

    Outcome outcome = gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .hasLineCount(1)
        .startsWith("gatehouse: import_conflict: key k1 has another owner here.")
        .contains("Lines 4 to 4 of ", "2 were created and 0 were there");
  }

  @Test
  void importSendsABatchAgainThatTheInstanceHadNoTimeFor() {
    workplace.withFile("registry.jsonl", HEADER + "\n" + TENANT + "\n");
    instance
        .refuse("POST /api/v1/registry/tenants", 503, "service_unavailable", "The database is slow")
        .answer("POST /api/v1/registry/tenants", 200, "{\"created\":1,\"unchanged\":0}");

    Outcome outcome = gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(outcome).isEqualTo(new Outcome(0, "1 created, 0 unchanged\n", ""));
    assertThat(workplace.pauses()).containsExactly(Duration.ofSeconds(3));
    assertThat(instance.calls()).hasSize(2).allMatch(call -> call.body().contains(TENANT));
  }

  @Test
  void importGivesUpOnAnInstanceThatNeverHasTime() {
    workplace.withFile("registry.jsonl", HEADER + "\n" + TENANT + "\n");
    instance.refuse(
        "POST /api/v1/registry/tenants", 503, "service_unavailable", "The database is slow");

    Outcome outcome = gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("service_unavailable", "Lines 2 to 2 of ");
    assertThat(instance.calls()).hasSize(6);
  }

  @Test
  void aDryRunCallsNobody() {
    workplace.withFile("registry.jsonl", EXPORT);

    Outcome outcome = gatehouse("import local --dry-run " + workplace.file("registry.jsonl"));

    assertThat(outcome).isEqualTo(new Outcome(0, "tenant: 1\nformer-name: 1\nkey: 1\n", ""));
    assertThat(instance.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "                                                  | it has another first line",
        "{'kind':'tenant'}                                 | it has another first line",
        "{'format':'gatehouse-registry','version':2}       | has version 2 of the format",
        "HEADER~{'kind':'anchor'}                          | line 2 is not an entry of a registry",
        "HEADER~{'kind':'key'}~{'kind':'tenant'}           | line 3 is a tenant behind keys",
        "HEADER~{'kind':'tenant'}~{'kind':'ten             | line 3 is not an entry"
      })
  void aFileWithAMistakeIsRefusedBeforeAnythingIsSent(String content, String mistake) {
    String text = content == null ? "" : content.replace('\'', '"').replace("HEADER", HEADER);
    workplace.withFile("registry.jsonl", text.replace('~', '\n'));

    Outcome outcome = gatehouse("import local " + workplace.file("registry.jsonl"));

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains(mistake);
    assertThat(instance.calls()).isEmpty();
  }

  private void answerWithTheRegistry() {
    instance
        .answer(TENANTS, 200, page(TENANT, "c"))
        .answer(TENANTS + "&cursor=c", 200, page(FORMER, ""))
        .answer(KEYS, 200, page(KEY, ""));
  }

  private static String page(String entry, String next) {
    return "{\"entries\":[%s]%s}"
        .formatted(entry, next.isEmpty() ? "" : ",\"next\":\"" + next + "\"");
  }
}
