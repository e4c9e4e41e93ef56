package dev.gatehouse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {
  @TempDir Path directory;

  @Test
  void freePortsAreAllDifferent() {
    assertThat(Ports.free().numbers().values()).doesNotHaveDuplicates();
  }

  @Test
  void portsAreReadAsTheyWereWritten() throws IOException {
    Path file = directory.resolve("ports.properties");
    Ports ports = Ports.free();

    ports.write(file);

    assertThat(Ports.read(file)).contains(ports);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gateway=8080", "gateway=none"})
  void aFileThatDoesNotNameThemAllIsAsGoodAsNone(String content) throws IOException {
    Path file = Files.writeString(directory.resolve("ports.properties"), content);

    assertThat(Ports.read(file)).isEmpty();
  }

  @Test
  void thePortsOfTheLastRunAreTakenAgainWhileTheyAreFree() {
    Ports remembered = Ports.free();

    assertThat(Listeners.free(Optional.of(remembered))).isEqualTo(remembered);
  }

  @Test
  void thePortsOfTheLastRunAreLeftToWhoeverListensThereNow() throws IOException {
    Ports remembered = Ports.free();
    try (ServerSocket somebody = listenAt(remembered.of(Ports.Use.DATABASE))) {

      Ports chosen = Listeners.free(Optional.of(remembered));

      assertThat(chosen.numbers()).doesNotContainValue(somebody.getLocalPort());
    }
  }

  @Test
  void aPortInUseIsNamedWithItsPurposeAndTheRemedy() throws IOException {
    try (ServerSocket somebody = listenAt(0)) {
      Map<Ports.Use, Integer> numbers = new EnumMap<>(Ports.free().numbers());
      numbers.put(Ports.Use.GATEWAY_MANAGEMENT, somebody.getLocalPort());

      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> Listeners.refuseTaken(new Ports(numbers)))
          .withMessageContaining(
              "Port %d, which is for the gateway's management, is in use", somebody.getLocalPort())
          .withMessageContaining("--ports auto");
    }
  }

  private static ServerSocket listenAt(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
  }
}
