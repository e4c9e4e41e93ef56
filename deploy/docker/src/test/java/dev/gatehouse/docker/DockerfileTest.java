package dev.gatehouse.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTest {
  private final List<Instruction> all = parse(Checkout.lines("deploy/docker/Dockerfile"));

  /** Of the image itself, without the stages before. */
  private final List<Instruction> last =
      all.subList(
          all.lastIndexOf(named(all, "FROM").get(named(all, "FROM").size() - 1)), all.size());

  private record Instruction(String name, String arguments) {}

  @Test
  void theUserIsANumberThatIsNotRootAndNothingIsRunAfterIt() {
    assertThat(arguments("USER")).containsExactly("10001:10001");
    assertThat(last.subList(last.indexOf(named(last, "USER").get(0)), last.size()))
        .extracting(Instruction::name)
        .doesNotContain("RUN", "COPY");
  }

  @Test
  void nothingIsDownloadedBesideTheBasesAndWhatMavenVerifies() {
    assertThat(all).extracting(Instruction::name).doesNotContain("ADD");
    assertThat(all)
        .extracting(Instruction::arguments)
        .noneMatch(it -> it.contains("curl ") || it.contains("wget ") || it.contains("apt-get"));
  }

  @Test
  void everyBaseIsAShortNameThatCanBePinnedByDigest() {
    assertThat(named(all, "FROM"))
        .extracting(Instruction::arguments)
        .allMatch(
            it ->
                it.matches(
                    "\\$\\{(BUILD|RUNTIME)}\\$\\{\\1_DIGEST:\\+@}\\$\\{\\1_DIGEST}( AS \\w+)?"))
        .hasSize(3);
    assertThat(named(all, "ARG"))
        .extracting(Instruction::arguments)
        .contains("BUILD_DIGEST=", "RUNTIME_DIGEST=")
        .filteredOn(it -> it.matches("(BUILD|RUNTIME)=.*"))
        .hasSize(2)
        .noneMatch(it -> it.contains("/") || it.endsWith(":latest"));
  }

  @Test
  void whatIsCompiledWithIsNotInTheImage() {
    assertThat(arguments("COPY")).containsExactly("--from=layout /opt/gatehouse /opt/gatehouse");
    assertThat(last.get(0).arguments()).startsWith("${RUNTIME}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "description", "licenses", "version", "revision", "source"})
  void itSaysWhatItIs(String label) {
    assertThat(arguments("LABEL"))
        .singleElement()
        .asString()
        .contains("org.opencontainers.image." + label + "=");
  }

  @Test
  void itIsStartedAndStoppedAsTheChartExpects() {
    assertThat(arguments("WORKDIR")).containsExactly("/opt/gatehouse");
    assertThat(arguments("ENTRYPOINT")).containsExactly("[\"/opt/gatehouse/run\"]");
    assertThat(arguments("EXPOSE")).containsExactly("8081 8082");
    assertThat(arguments("STOPSIGNAL")).containsExactly("SIGTERM");
    assertThat(arguments("HEALTHCHECK"))
        .singleElement()
        .asString()
        .endsWith("CMD [\"/opt/gatehouse/healthy\"]");
  }

  @Test
  void noSecretIsAnArgumentOrInTheEnvironment() {
    assertThat(all)
        .filteredOn(it -> it.name().equals("ARG") || it.name().equals("ENV"))
        .extracting(it -> it.arguments().toUpperCase(Locale.ROOT))
        .noneMatch(it -> it.matches(".*(KEY|PASSWORD|SECRET|TOKEN).*"));
  }

  @Test
  void theContextBeginsWithNothing() {
    assertThat(Checkout.lines(".dockerignore").stream().filter(it -> !it.startsWith("#")))
        .startsWith("**")
        .contains("**/target", "**/.gatehouse", "**/*.jwt");
  }

  private List<String> arguments(String name) {
    return named(last, name).stream().map(Instruction::arguments).toList();
  }

  private static List<Instruction> named(List<Instruction> instructions, String name) {
    return instructions.stream().filter(it -> it.name().equals(name)).toList();
  }

  private static List<Instruction> parse(List<String> lines) {
    List<Instruction> instructions = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.endsWith("\\")) {
        open.append(line, 0, line.length() - 1);
        continue;
      }
      String[] parts = open.append(line).toString().split(" ", 2);
      instructions.add(new Instruction(parts[0], parts[1].strip()));
      open.setLength(0);
    }
    return instructions;
  }
}
