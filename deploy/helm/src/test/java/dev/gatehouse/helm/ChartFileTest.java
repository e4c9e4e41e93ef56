package dev.gatehouse.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ChartFileTest {

  @Test
  void chartAndServicesHaveOneVersion() throws IOException {
    ObjectNode chart = Yaml.object(Files.readString(Chart.FOLDER.resolve("Chart.yaml")));
    String pom = Files.readString(Chart.CHECKOUT.resolve("pom.xml"));

    assertThat(pom).contains("<version>" + chart.path("appVersion").asText() + "-SNAPSHOT<");
    assertThat(chart.path("version")).isEqualTo(chart.path("appVersion"));
    assertThat(chart.path("apiVersion").asText()).isEqualTo("v2");
  }
}
