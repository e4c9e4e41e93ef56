package dev.gatehouse.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.cli.terminal.ExitCode;
import dev.gatehouse.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/** What the control plane answered to a call that it accepted. */
public record Answer(int status, JsonNode body) {

  private static final int ACCEPTED = 202;

  /** Whether every gateway that could still be serving applies the change, as far as was asked. */
  public boolean isEverywhere() {
    return status != ACCEPTED;
  }

  /** The gateways that have not said that they apply the change. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    body.path("missing").forEach(name -> missing.add(name.asText()));
    return missing;
  }

  /** The exit code of a write; says who is missing. */
  public int receipt(Terminal terminal) {
    if (isEverywhere()) {
      return ExitCode.DONE;
    }
    List<String> missing = missing();
    terminal.note(
        "done, but not yet applied by "
            + (missing.isEmpty() ? "every gateway" : String.join(", ", missing))
            + ". It is stored, and they apply it when they next hear of it; wait longer with"
            + " --wait=60s.");
    return ExitCode.NOT_YET_EVERYWHERE;
  }
}
