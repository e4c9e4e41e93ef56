package dev.gatehouse.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildScriptTest {
  @TempDir Path programs;

  @Test
  void eachServiceHasAnImageOfItsOwn() {
    Checkout.Run run = build("--engine", "docker", "--print", "--tag", "1");

    assertThat(run.exit()).isZero();
    assertThat(run.said().lines())
        .hasSize(3)
        .allMatch(it -> it.startsWith("docker build --file "))
        .anyMatch(
            it ->
                it.contains("--build-arg SERVICE=key-service ")
                    && it.contains("--tag gatehouse/key-service:1 "));
  }

  @Test
  void aRegistryAndADigestAreTheUsers() {
    Checkout.Run run =
        build(
            "--engine",
            "podman",
            "--print",
            "--registry",
            "registry.example/team/",
            "--arg",
            "RUNTIME_DIGEST=sha256:0",
            "gateway-service");

    assertThat(run.said())
        .hasLineCount(1)
        .contains("--build-arg RUNTIME_DIGEST=sha256:0 ")
        .contains("--tag registry.example/team/gatehouse/gateway-service:0.1.0-SNAPSHOT ");
  }

  @Test
  void withoutAnEngineItSaysWhatIsMissing() throws IOException {
    for (String needed : List.of("bash", "dirname", "env")) {
      Files.createSymbolicLink(programs.resolve(needed), Path.of("/usr/bin").resolve(needed));
    }

    Checkout.Run run = build(Map.of("PATH", programs.toString()));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.said())
        .hasLineCount(1)
        .startsWith("build: None of docker, podman and buildah is installed.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--push", "cli", "--tag"})
  void whatThereIsNotIsWrongUsage(String argument) {
    assertThat(build(argument).exit()).isEqualTo(2);
  }

  private static Checkout.Run build(String... arguments) {
    return build(Map.of(), arguments);
  }

  private static Checkout.Run build(Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Checkout.file("deploy/docker/build").toString());
    command.addAll(List.of(arguments));
    return Checkout.run(environment, command);
  }
}
