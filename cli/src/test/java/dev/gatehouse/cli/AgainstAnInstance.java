package dev.gatehouse.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.cli.Workplace.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of commands need that call an instance: a fake one, called {@code local}. */
public abstract class AgainstAnInstance {

  @TempDir protected Path home;
  protected FakeInstance instance;
  protected Workplace workplace;

  @BeforeEach
  void start() throws IOException {
    instance = new FakeInstance();
    workplace = new Workplace(home).withConfig(instance.config());
  }

  @AfterEach
  void stop() {
    instance.close();
  }

  /** Runs a command line that has blanks between arguments only. */
  protected Outcome gatehouse(String line) {
    return workplace.run(line.split(" "));
  }

  /** The only call, which had this body. */
  protected void assertSent(String line, String body) {
    assertThat(instance.calls())
        .containsExactly(new FakeInstance.Call(line, "Bearer token-1", body));
  }

  protected static JsonNode json(Outcome outcome) throws IOException {
    assertThat(outcome.exitCode()).isZero();
    return new ObjectMapper().readTree(outcome.out());
  }
}
