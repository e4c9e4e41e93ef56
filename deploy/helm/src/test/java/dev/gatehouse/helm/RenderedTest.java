package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the values files become is committed, so that a change of the chart shows as a change of
 * what an operator gets. {@code -Dgatehouse.rendered.rewrite=true} writes it anew.
 */
class RenderedTest {

  private static final Path FOLDER =
      Chart.CHECKOUT.resolve("deploy/helm/src/test/resources/rendered");

  @ParameterizedTest
  @MethodSource("dev.gatehouse.helm.Chart#installations")
  void valuesFilesBecomeWhatIsCommitted(String name) throws IOException {
    String rendered = Chart.file(name).text();

    Path file = FOLDER.resolve(name + ".yaml");
    if (Boolean.getBoolean("gatehouse.rendered.rewrite")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, rendered);
    }
    assertThat(rendered)
        .as("see what changed with -Dgatehouse.rendered.rewrite=true and git diff")
        .isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("dev.gatehouse.helm.Chart#installations")
  void renderingTwiceGivesTheSameSoNothingInItIsRandom(String name) {
    assertThat(Chart.file(name).text()).isEqualTo(Chart.file(name).text());
  }
}
