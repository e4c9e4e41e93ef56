package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script and the jar, as users start them. */
class GatehouseIT extends AgainstAnInstance {

  private static final Path SCRIPT = Path.of(System.getProperty("gatehouse.script"));
  private static final String TENANT = "{\"name\":\"newtenant\",\"revision\":1}";

  /** Made once: most tests are not about how it is made. */
  @TempDir private static Path sharedCache;

  @Test
  void theTutorialWorks() throws Exception {
    Outcome pair = script("ta-create-keypair", "custom-keypair.pem");
    String id = pair.out().strip();
    instance
        .answer("POST /api/v1/keys", 201, "{\"keys\":[{\"id\":\"%s\"}]}".formatted(id))
        .answer("POST /api/v1/tenants?wait=PT10S", 201, TENANT)
        .answer("GET /api/v1/keys", 200, "{\"keys\":[{\"id\":\"%s\"}]}".formatted(id))
        .answer(
            "DELETE /api/v1/keys/" + id + "?wait=PT10S",
            200,
            "{\"id\":\"%s\",\"owner\":\"*\",\"revision\":2,\"remaining\":[]}".formatted(id));

    Outcome token = script("ta-create-token", "local", "newtenant", "custom-keypair.pem");
    Outcome key = script("ta-pubkeys-add", "local", "custom-keypair.pem");
    Outcome tenant = script("tenants", "add", "local", "newtenant", "--wait");
    Outcome list = script("ta-pubkeys-list", "local");
    Outcome removed = script("ta-pubkeys-remove", "local", id, "--wait");

    assertThat(pair.exitCode()).isZero();
    assertThat(token.exitCode()).isZero();
    assertThat(token.out()).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    assertThat(token.err()).isEmpty();
    assertThat(key.out()).isEqualTo(id + "\n");
    assertThat(key.err()).hasLineCount(1).contains("warning");
    assertThat(tenant).isEqualTo(new Outcome(0, "newtenant\n", ""));
    assertThat(list).isEqualTo(new Outcome(0, id + "\n", ""));
    assertThat(removed).isEqualTo(new Outcome(0, id + "\n", ""));
  }

  @Test
  void privateFilesArePrivateWhateverTheUmask() throws Exception {
    shell("umask 000; unset XDG_CACHE_HOME; \"$0\" ta-create-keypair pair.pem --type ec");
    shell("umask 000; unset XDG_CACHE_HOME; \"$0\" login local");

    assertThat(workplace.mode(home.resolve("pair.pem"))).isEqualTo("rw-------");
    try (Stream<Path> tokens = Files.list(home.resolve(".cache/gatehouse/tokens"))) {
      assertThat(tokens).singleElement().extracting(workplace::mode).isEqualTo("rw-------");
    }
    assertThat(workplace.mode(home.resolve(".cache/gatehouse"))).isEqualTo("rwx------");
  }

  @Test
  void theExitCodesAreThoseOfTheDocumentation() throws Exception {
    instance
        .answer("GET /api/v1/tenants", 200, "{\"tenants\":[]}")
        .refuse("POST /api/v1/tenants", 409, "tenant_exists", "There is such a tenant")
        .answer(
            "POST /api/v1/tenants?wait=PT1S",
            202,
            "{\"name\":\"newtenant\",\"missing\":[\"gateway-a\"]}");

    Outcome done = script("tenants", "list", "local");
    Outcome refused = script("tenants", "add", "local", "newtenant");
    Outcome wrong = script("tenants", "add", "local");
    Outcome notYet = script("tenants", "add", "local", "newtenant", "--wait=1s");

    assertThat(done).isEqualTo(new Outcome(0, "", ""));
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .hasLineCount(1)
        .startsWith("gatehouse: tenant_exists: There is such a tenant.");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).hasLineCount(1);
    assertThat(notYet.exitCode()).isEqualTo(3);
    assertThat(notYet.err()).hasLineCount(1).contains("gateway-a");
  }

  @Test
  void theScriptRunsThroughALinkAndFromAnywhere() throws Exception {
    Path link = Files.createSymbolicLink(home.resolve("gh"), SCRIPT);
    Path relative = Files.createSymbolicLink(home.resolve("gh2"), Path.of("gh"));

    Outcome outcome = run(List.of(relative.toString(), "--version"), Map.of());

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("gatehouse ");
    Files.delete(relative);
    Files.delete(link);
  }

  @Test
  void theFirstRunMakesOneArchiveAndLaterOnesUseIt() throws Exception {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", home.toString());
    run(List.of(SCRIPT.toString(), "--version"), environment);
    List<Path> first = archives();
    run(List.of(SCRIPT.toString(), "--version"), environment);
    List<Path> second = archives();

    assertThat(first).hasSize(1);
    assertThat(second).isEqualTo(first);
    assertThat(Files.size(first.get(0))).isPositive();
  }

  @Test
  void aDamagedArchiveIsNotNoticed() throws Exception {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", home.toString());
    run(List.of(SCRIPT.toString(), "--version"), environment);
    Path archive = archives().get(0);
    Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(archive, "this is not an archive");

    Outcome outcome = run(List.of(SCRIPT.toString(), "instances", "list"), environment);

    assertThat(outcome).isEqualTo(new Outcome(0, "local\n", ""));
  }

  @Test
  void noPlaceForAnArchiveIsNotNoticed() throws Exception {
    Path file = Files.writeString(home.resolve("file"), "");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", file.toString());

    Outcome outcome = run(List.of(SCRIPT.toString(), "instances", "list"), environment);

    assertThat(outcome).isEqualTo(new Outcome(0, "local\n", ""));
  }

  @Test
  void aTokenThatCannotBeWrittenIsAFailure() throws Exception {
    script("ta-create-keypair", "pair.pem", "--type", "ec");

    Outcome outcome = shell("\"$0\" ta-create-token local acme pair.pem > /dev/full");

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).hasLineCount(1).contains("cannot be written");
  }

  @Test
  void aMissingJavaIsOneClearSentence() throws Exception {
    Outcome nothing =
        run(List.of(SCRIPT.toString(), "--version"), Map.of("PATH", toolsWithoutJava()));
    Outcome wrong =
        run(List.of(SCRIPT.toString(), "--version"), Map.of("JAVA_HOME", home.toString()));

    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).hasLineCount(1).contains("Java is not there");
    assertThat(wrong.exitCode()).isEqualTo(1);
    assertThat(wrong.err()).hasLineCount(1).contains("no bin/java in it");
  }

  @Test
  void anOldJavaIsOneClearSentence() throws Exception {
    Path old = home.resolve("old");
    executable(old.resolve("bin/java"), "echo 'openjdk version \"1.8.0_432\"' >&2");
    Path older = home.resolve("older");
    executable(older.resolve("bin/java"), "exit 1");
    Files.writeString(older.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"11.0.2\"\n");

    Outcome eight = run(List.of(SCRIPT.toString(), "-V"), Map.of("JAVA_HOME", old.toString()));
    Outcome eleven = run(List.of(SCRIPT.toString(), "-V"), Map.of("JAVA_HOME", older.toString()));

    assertThat(eight.exitCode()).isEqualTo(1);
    assertThat(eight.err()).hasLineCount(1).contains("is Java 1.8.0_432, and Java 17 or newer");
    assertThat(eleven.err()).hasLineCount(1).contains("is Java 11.0.2, and Java 17 or newer");
  }

  @Test
  void anUnbuiltCommandSaysHowToBuildIt() throws Exception {
    Path copy = home.resolve("elsewhere/gatehouse");
    Files.createDirectories(copy.getParent());
    Files.copy(SCRIPT, copy, StandardCopyOption.COPY_ATTRIBUTES);

    Outcome outcome = run(List.of(copy.toString(), "--version"), Map.of());

    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err())
        .hasLineCount(1)
        .contains("deploy/local/up", "mvn -pl cli -am package -DskipTests");
  }

  private Outcome script(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    return run(command, Map.of());
  }

  /** A line of bash in which {@code $0} is the script. */
  private Outcome shell(String line) throws Exception {
    return run(List.of("bash", "-c", line, SCRIPT.toString()), Map.of());
  }

  private Outcome run(List<String> command, Map<String, String> environment) throws Exception {
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_CACHE_HOME", sharedCache.toString());
    if (environment.containsKey("PATH")) {
      builder.environment().remove("JAVA_HOME");
    }
    builder.environment().putAll(environment);
    Process process = builder.start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  private List<Path> archives() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("gatehouse"))) {
      return files.toList();
    }
  }

  private String toolsWithoutJava() throws IOException {
    Path tools = Files.createDirectories(home.resolve("tools"));
    for (String tool : List.of("bash", "env", "dirname", "readlink")) {
      Path real = Files.exists(Path.of("/bin", tool)) ? Path.of("/bin") : Path.of("/usr/bin");
      executable(tools.resolve(tool), "exec " + real.resolve(tool) + " \"$@\"");
    }
    return tools.toString();
  }

  private static void executable(Path file, String line) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, ("#!/bin/sh\n" + line + "\n").getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
